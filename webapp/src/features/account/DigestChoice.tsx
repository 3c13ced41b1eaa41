import { useMutation, useQuery } from "@tanstack/react-query";
import { bodyOf, cache, incidentApi, messageOf } from "@/api";
import { Banner, Select, toast } from "@/ui";
import { useAccountText } from "./text";

const FREQUENCIES = ["never", "daily", "weekly"] as const;
const key = ["digest"];

/** How often a mail tells of one's incidents; not there while incident management is switched off. */
export function DigestChoice() {
  const text = useAccountText();
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => bodyOf(incidentApi.GET("/digest", { signal })),
    retry: false,
  });
  const choose = useMutation({
    mutationFn: (frequency: string) => bodyOf(incidentApi.PUT("/digest", { body: { frequency } })),
    onSuccess: (chosen) => {
      cache.setQueryData(key, chosen);
      toast({ text: text("saved") });
    },
  });
  if (!data) return null;
  return (
    <>
      {choose.error && <Banner tone="danger">{messageOf(choose.error) ?? text("signInFailed")}</Banner>}
      <Select
        label={text("digest")}
        options={FREQUENCIES.map((id) => ({ id, text: text(`digest_${id}`) }))}
        selected={choose.variables ?? data.frequency}
        onSelect={(id) => id !== null && choose.mutate(id)}
      />
    </>
  );
}
