import { useEffect, useRef } from "react";
import type { Incident, Task } from "@/api";
import { announcePolitely } from "@/ui";
import { isDone, plain } from "./progress";
import { useIncidentPanelText } from "./text";

export interface Change {
  key: "taskTicked" | "taskUnticked" | "stageIsNow" | "endedNow" | "restartedNow";
  values: Record<string, string>;
}

/** What of an incident changed that is worth saying aloud. */
export function changesBetween(before: Incident, now: Incident): Change[] {
  const changes: Change[] = [];
  const tasksBefore = new Map(tasksOf(before).map((task) => [task.id, task]));
  for (const task of tasksOf(now)) {
    const was = tasksBefore.get(task.id);
    if (!was || isDone(was) === isDone(task)) continue;
    changes.push({ key: isDone(task) ? "taskTicked" : "taskUnticked", values: { task: plain(task.title) } });
  }
  if (before.active_stage !== now.active_stage) {
    changes.push({ key: "stageIsNow", values: { stage: now.active_stage_title } });
  }
  if (before.is_active !== now.is_active) {
    changes.push({ key: now.is_active ? "restartedNow" : "endedNow", values: {} });
  }
  return changes;
}

const tasksOf = (incident: Incident): Task[] => incident.checklists.flatMap((stage) => stage.items);

/** Tell those who do not see the screen what changed on it. */
export function useAnnouncements(incident: Incident): void {
  const text = useIncidentPanelText();
  const before = useRef(incident);
  useEffect(() => {
    const changes = changesBetween(before.current, incident);
    before.current = incident;
    if (changes.length > 0) {
      announcePolitely(changes.map(({ key, values }) => text(key, values)).join(" "));
    }
  }, [incident, text]);
}
