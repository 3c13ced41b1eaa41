import { useMutation } from "@tanstack/react-query";
import { bodyOf, cache, incidentApi, keys, messageOf, statusOf } from "@/api";
import { toast } from "@/ui";
import { usePlaybooksText } from "../text";
import { useProposalsText } from "./text";

/** What can be decided about the proposals for a playbook. Whatever comes of it, they are asked for again. */
export function useDecisions(playbook: string) {
  const text = useProposalsText();
  const playbooks = usePlaybooksText();
  const onSettled = () => {
    void cache.invalidateQueries({ queryKey: keys.proposals(playbook) });
    void cache.invalidateQueries({ queryKey: keys.playbookEdited(playbook) });
  };
  const onError = (error: unknown) =>
    toast({
      text: statusOf(error) === 412 ? text("playbookChanged") : (messageOf(error) ?? playbooks("notReached")),
      tone: "danger",
    });
  const undo = useMutation({
    mutationFn: (decision_id: string) =>
      bodyOf(
        incidentApi.POST("/playbooks/{playbook_id}/decisions/{decision_id}/undo", {
          params: { path: { playbook_id: playbook, decision_id } },
        }),
      ),
    onSuccess: () => toast({ text: text("undone") }),
    onError,
    onSettled,
  });
  const accept = useMutation({
    mutationFn: ({ id, version }: { id: string; version: number }) =>
      bodyOf(
        incidentApi.POST("/playbooks/{playbook_id}/proposals/{proposal_id}/accept", {
          params: { path: { playbook_id: playbook, proposal_id: id } },
          body: { version },
        }),
      ),
    onSuccess: ({ id }) => toast({ text: text("accepted"), onUndo: () => undo.mutate(id) }),
    onError,
    onSettled,
  });
  const decline = useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      bodyOf(
        incidentApi.POST("/playbooks/{playbook_id}/proposals/{proposal_id}/decline", {
          params: { path: { playbook_id: playbook, proposal_id: id } },
          body: { reason },
        }),
      ),
    onSuccess: ({ id }) => toast({ text: text("declined"), onUndo: () => undo.mutate(id) }),
    onError,
    onSettled,
  });
  return { accept, decline, undo };
}
