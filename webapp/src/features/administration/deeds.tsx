import { useMutation, useQueryClient } from "@tanstack/react-query";
import { messageOf } from "@/api";
import { Banner, toast } from "@/ui";
import { adminKey } from "./questions";
import { useAdministrationText } from "./text";

/** Why something was refused, if it was. */
export function Failure({ of: error }: { of: Error | null }) {
  const text = useAdministrationText();
  return error && <Banner tone="danger">{messageOf(error) ?? text("failed")}</Banner>;
}

/** Ask again for what was changed. */
export function useAgain(of: string): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: adminKey(of) });
}

/** Take something away, and ask again for what is left. */
export function useRemoval(remove: (id: string) => Promise<unknown>, again: () => Promise<void>) {
  const text = useAdministrationText();
  return useMutation({
    mutationFn: remove,
    onSuccess: again,
    onError: (error) => toast({ text: messageOf(error) ?? text("failed"), tone: "danger" }),
  });
}
