/** The log's kinds by what people look for. */
export const GROUPS = {
  incident: [
    "incident_started",
    "incident_ended",
    "incident_restarted",
    "commander_changed",
    "channel_changed",
    "post_refused",
    "rehearsal_started",
    "rehearsal_step",
  ],
  stages: ["stage_changed"],
  tasks: [
    "task_ticked",
    "task_unticked",
    "task_in_progress",
    "task_assigned",
    "task_run",
    "task_added",
    "task_edited",
    "task_moved",
    "task_removed",
  ],
  status: [
    "status_updated",
    "status_edited",
    "status_deleted",
    "reminder_due",
    "reminder_shown",
    "reminder_dismissed",
  ],
  people: ["member_joined", "member_left"],
  review: [
    "review_saved",
    "review_put",
    "follow_up_added",
    "follow_up_changed",
    "follow_up_done",
    "follow_up_reopened",
    "follow_up_removed",
    "follow_up_ticketed",
  ],
  posts: ["post_seen"],
} as const;

export type Group = keyof typeof GROUPS;

export const ALL_GROUPS = [
  "incident",
  "stages",
  "tasks",
  "status",
  "people",
  "review",
  "posts",
] as const satisfies Group[];

/** What is shown at first: each post would drown the rest. */
export const FIRST_GROUPS: readonly Group[] = ["incident", "stages", "tasks", "status", "people", "review"];

export function groupOf(kind: string): Group | null {
  return ALL_GROUPS.find((group) => GROUPS[group].some((one) => one === kind)) ?? null;
}
