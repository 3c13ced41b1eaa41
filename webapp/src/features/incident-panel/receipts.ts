import { useQuery } from "@tanstack/react-query";
import { bodyOf, incidentApi, keys, type Wire } from "@/api";

/** How the last run of a task's command went. */
export interface Receipt {
  outcome: "ok" | "failed";
  at: number;
  by: string;
  answer: string;
}

export interface Receipts {
  byTask: ReadonlyMap<string, Receipt>;
  /** When the incident was last restarted; a reminder set before does not come any more. */
  restartedAt: number;
}

const NONE: Receipts = { byTask: new Map(), restartedAt: 0 };
const LAST = 200;

/** The last run of each task, from the event log. */
export function useReceipts(incidentId: string): Receipts {
  const { data } = useQuery({
    queryKey: keys.receipts(incidentId),
    queryFn: async () => {
      const log = await bodyOf(
        incidentApi.GET("/incidents/{incident_id}/timeline", {
          params: {
            path: { incident_id: incidentId },
            query: { kind: ["task_run", "incident_restarted"], direction: "desc", per_page: LAST },
          },
        }),
      );
      return receiptsIn(log.items);
    },
    structuralSharing: false,
  });
  return data ?? NONE;
}

/** From entries with the newest first. */
export function receiptsIn(entries: readonly Wire["EntryShape"][]): Receipts {
  const byTask = new Map<string, Receipt>();
  for (const { kind, payload, at, actor_id } of entries) {
    const task = String(payload.task_id);
    if (kind !== "task_run" || byTask.has(task)) continue;
    const outcome = payload.outcome === "ok" ? "ok" : "failed";
    byTask.set(task, { outcome, at, by: actor_id, answer: String(payload.answer ?? "") });
  }
  return { byTask, restartedAt: entries.find((entry) => entry.kind === "incident_restarted")?.at ?? 0 };
}
