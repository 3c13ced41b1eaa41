import { useMutation } from "@tanstack/react-query";
import { startIncident } from "@/api";
import { useSayFailure } from "./failure";

/** Ask for the dialog that starts an incident. */
export function useStart() {
  const onError = useSayFailure();
  return useMutation({ mutationFn: () => startIncident(), onError });
}
