import type { Incident, Stage } from "@/api";

/** Times before this were never written by this product. */
export const PLAUSIBLE = Date.UTC(2020, 0, 1);

export const isDone = (task: { state: string }) => task.state === "closed";

export function doneIn(stage: Stage): number {
  return stage.items.filter(isDone).length;
}

export type Part = "passed" | "active" | "later";

/** What a stage's part of the bar shows: all are passed once the incident has ended. */
export function partOf(incident: Incident, position: number): Part {
  if (!incident.is_active || position < incident.active_stage) return "passed";
  return position === incident.active_stage ? "active" : "later";
}

/** The newest status update that was not deleted. */
export function latestStatusPost(incident: Incident) {
  return incident.status_posts
    .filter((post) => post.delete_at === 0)
    .sort((a, b) => a.create_at - b.create_at)
    .at(-1);
}

const NS_PER_MS = 1_000_000;

/** When the next status update is due, or null: nobody asked to be reminded, or the timer ended. */
export function nextUpdateDue(incident: Incident, restartedAt: number): number | null {
  const last = Math.max(0, ...incident.status_posts.map((post) => post.create_at));
  const isArmed = incident.is_active && incident.previous_reminder > 0 && last > restartedAt;
  return isArmed ? last + incident.previous_reminder / NS_PER_MS : null;
}

/** How long an incident has lasted, or took; null where its end is not known. */
export function lastedMs(incident: Incident, now: number): number | null {
  if (incident.is_active) return Math.max(0, now - incident.create_at);
  return incident.end_at < PLAUSIBLE ? null : incident.end_at - incident.create_at;
}

/** The words of a single-line title without its marks: for names of controls. */
export function plain(title: string): string {
  return title.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*_`~]{1,3}([^*_`~]+)[*_`~]{1,3}/g, "$1");
}
