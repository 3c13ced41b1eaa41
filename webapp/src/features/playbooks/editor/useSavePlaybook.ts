import { useMutation } from "@tanstack/react-query";
import { bodyOf, cache, incidentApi, keys, statusOf } from "@/api";
import { navigate, paths, useTeam } from "@/host";
import { useSayWhy } from "../deeds";
import { type ReadPlaybook, readPlaybook } from "../questions";
import { usePlaybooksText } from "../text";
import { bodyOfDraft, type Draft } from "./draft";

/**
 * safely: only over the version that was opened. over theirs: over whatever is saved now, once one knows of it.
 * as a copy: as a playbook of its own.
 */
export type HowToSave = "safely" | "over theirs" | "as a copy";

/** Save a draft and go back to the list. `isRefused` when somebody else has saved meanwhile. */
export function useSavePlaybook(base: ReadPlaybook | null) {
  const text = usePlaybooksText();
  const team = useTeam();
  const sayWhy = useSayWhy();
  const save = useMutation({
    mutationFn: async ({ draft, how }: { draft: Draft; how: HowToSave }) => {
      const body = bodyOfDraft(draft, base?.playbook.team_id ?? team.id);
      if (base === null) return void (await bodyOf(incidentApi.POST("/playbooks", { body })));
      if (how === "as a copy") {
        const title = text("copyOf", { title: body.title });
        return void (await bodyOf(incidentApi.POST("/playbooks", { body: { ...body, title } })));
      }
      const { id } = base.playbook;
      const etag = how === "safely" ? base.etag : (await readPlaybook(id)).etag;
      await incidentApi.PUT("/playbooks/{playbook_id}", {
        params: { path: { playbook_id: id }, header: { "If-Match": etag } },
        body,
        parseAs: "text",
      });
    },
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.playbooks(team.id) });
      navigate(paths.playbooks(team.name), { isSaved: true });
    },
    onError: (error) => {
      if (statusOf(error) !== 412) sayWhy(error);
      else if (base) void cache.invalidateQueries({ queryKey: keys.playbookEdited(base.playbook.id) });
    },
  });
  return { ...save, isRefused: statusOf(save.error) === 412 };
}
