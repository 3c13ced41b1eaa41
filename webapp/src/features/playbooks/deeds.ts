import { useMutation } from "@tanstack/react-query";
import { bodyOf, cache, incidentApi, keys, messageOf, type Playbook, playbooksQuery, statusOf } from "@/api";
import { navigate, paths, useTeam } from "@/host";
import { toast } from "@/ui";
import { usePlaybooksText } from "./text";

/** Says why a deed on playbooks failed. */
export function useSayWhy(): (error: unknown) => void {
  const text = usePlaybooksText();
  return (error) =>
    toast({
      text: statusOf(error) === 403 ? text("mayNotMake") : (messageOf(error) ?? text("notReached")),
      tone: "danger",
    });
}

/** Take a playbook out of use; the list lacks it at once, and it can be put back. */
export function useDeletePlaybook() {
  const text = usePlaybooksText();
  const team = useTeam();
  const sayWhy = useSayWhy();
  const listed = playbooksQuery(team.id).queryKey;
  const askAgain = () => cache.invalidateQueries({ queryKey: listed });
  const restore = useMutation({
    mutationFn: ({ id }: Playbook) =>
      incidentApi.PUT("/playbooks/{playbook_id}/restore", { params: { path: { playbook_id: id } } }),
    onSuccess: (_, { title }) => toast({ text: text("restored", { title }) }),
    onError: sayWhy,
    onSettled: askAgain,
  });
  return useMutation({
    mutationFn: ({ id }: Playbook) =>
      incidentApi.DELETE("/playbooks/{playbook_id}", { params: { path: { playbook_id: id } } }),
    onSuccess: (_, playbook) => {
      cache.setQueryData(listed, (before) => before?.filter((one) => one.id !== playbook.id));
      toast({
        text: text("deleted", { title: playbook.title }),
        onUndo: () => restore.mutate(playbook),
      });
    },
    onError: sayWhy,
    onSettled: askAgain,
  });
}

export function useDuplicatePlaybook() {
  const text = usePlaybooksText();
  const team = useTeam();
  return useMutation({
    mutationFn: ({ id }: Playbook) =>
      bodyOf(
        incidentApi.POST("/playbooks/{playbook_id}/duplicate", { params: { path: { playbook_id: id } } }),
      ),
    onSuccess: (_, { title }) => toast({ text: text("duplicated", { title }) }),
    onError: useSayWhy(),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.playbooks(team.id) }),
  });
}

/** Make a playbook of a file that was exported here or elsewhere, and open it. */
export function useImportPlaybook() {
  const text = usePlaybooksText();
  const team = useTeam();
  const sayWhy = useSayWhy();
  return useMutation({
    mutationFn: async (file: File) => {
      const body = JSON.parse(await file.text());
      return bodyOf(incidentApi.POST("/playbooks/import", { params: { query: { team_id: team.id } }, body }));
    },
    onSuccess: ({ id }) => {
      void cache.invalidateQueries({ queryKey: keys.playbooks(team.id) });
      navigate(paths.playbook(team.name, id));
    },
    onError: (error, file) => {
      if (error instanceof SyntaxError || statusOf(error) === 400) {
        toast({ text: text("notAPlaybookFile", { file: file.name }), tone: "danger" });
      } else sayWhy(error);
    },
  });
}

/** The address of a playbook as a file. */
export function exportAddress(id: string): string {
  return `/plugins/com.mattermost.plugin-incident-management/api/v0/playbooks/${id}/export`;
}
