import { useMutation } from "@tanstack/react-query";
import { bodyOf, cache, incidentApi, keys, statusOf } from "@/api";
import { navigate, paths, useTeam } from "@/host";
import { useSayWhy } from "../deeds";
import { type ReadPlaybook, readPlaybook } from "../questions";
import { usePlaybooksText } from "../text";
import { bodyOfDraft, type Draft } from "./draft";
import { type ReviewPlanWork, saveReviewPlan } from "./useReviewPlan";

/**
 * safely: only over the version that was opened. over theirs: over whatever is saved now, once one knows of it.
 * as a copy: as a playbook of its own.
 */
export type HowToSave = "safely" | "over theirs" | "as a copy";

interface Saving {
  draft: Draft;
  review: ReviewPlanWork;
  how: HowToSave;
}

/**
 * Save a draft and go back to the list. `isRefused` when somebody else has saved meanwhile; if that was only
 * what is said about reviews, `onReviewRefused`.
 */
export function useSavePlaybook(base: ReadPlaybook | null, onReviewRefused: () => void) {
  const text = usePlaybooksText();
  const team = useTeam();
  const sayWhy = useSayWhy();
  const save = useMutation({
    mutationFn: async ({ draft, review, how }: Saving) => {
      const body = bodyOfDraft(draft, base?.playbook.team_id ?? team.id);
      if (base === null || how === "as a copy") {
        const title = base === null ? body.title : text("copyOf", { title: body.title });
        const made = await bodyOf(incidentApi.POST("/playbooks", { body: { ...body, title } }));
        if (review.plan && (base !== null || review.isChanged)) {
          await saveReviewPlan(made.id, { ...review.plan, version: 0 });
        }
        return;
      }
      const { id } = base.playbook;
      if (review.plan && review.isChanged) await saveReviewPlan(id, review.plan);
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
      if (statusOf(error) === 409) onReviewRefused();
      else if (statusOf(error) !== 412) sayWhy(error);
      else if (base) void cache.invalidateQueries({ queryKey: keys.playbookEdited(base.playbook.id) });
    },
  });
  return { ...save, isRefused: statusOf(save.error) === 412 };
}
