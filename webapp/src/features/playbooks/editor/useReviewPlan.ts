import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { bodyOf, cache, incidentApi, keys, statusOf, type Wire } from "@/api";

export type ReviewPlan = Wire["ReviewPlanShape"];

const BLANK: ReviewPlan = { template: "", remind_after_seconds: 0, version: 0, usual_template: "" };

export interface ReviewPlanWork {
  /** As it is edited; undefined while not read. */
  plan: ReviewPlan | undefined;
  error: unknown;
  retry: () => void;
  isChanged: boolean;
  /** Somebody saved it while it was changed here. */
  isOutdated: boolean;
  set: (fields: Partial<ReviewPlan>) => void;
  takeTheirs: () => void;
  keepMine: () => void;
}

/** What a playbook says about reviews, which has a version of its own; null for a new playbook. */
export function useReviewPlan(playbook: string | null): ReviewPlanWork {
  const [mine, setMine] = useState<ReviewPlan | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: keys.reviewPlan(playbook ?? ""),
    queryFn: () =>
      bodyOf(incidentApi.GET("/playbooks/{playbook_id}/review_plan", { params: at(playbook ?? "") })),
    enabled: playbook !== null,
    gcTime: 0,
  });
  const theirs = playbook === null ? BLANK : data;
  const isChanged =
    mine !== null &&
    theirs !== undefined &&
    (mine.template !== theirs.template || mine.remind_after_seconds !== theirs.remind_after_seconds);
  const plan = isChanged ? mine : theirs;
  return {
    plan,
    error,
    retry: () => void refetch(),
    isChanged,
    isOutdated: isChanged && mine.version !== theirs.version,
    set: (fields) => plan && setMine({ ...plan, ...fields }),
    takeTheirs: () => setMine(null),
    keepMine: () => theirs && mine && setMine({ ...mine, version: theirs.version }),
  };
}

/** Save it over the version that it was made from. */
export async function saveReviewPlan(playbook: string, plan: ReviewPlan): Promise<void> {
  const { template, remind_after_seconds, version } = plan;
  try {
    const saved = await bodyOf(
      incidentApi.PUT("/playbooks/{playbook_id}/review_plan", {
        params: at(playbook),
        body: { template, remind_after_seconds, version },
      }),
    );
    cache.setQueryData(keys.reviewPlan(playbook), saved);
  } catch (failure) {
    if (statusOf(failure) === 409) await cache.invalidateQueries({ queryKey: keys.reviewPlan(playbook) });
    throw failure;
  }
}

const at = (playbook_id: string) => ({ path: { playbook_id } });
