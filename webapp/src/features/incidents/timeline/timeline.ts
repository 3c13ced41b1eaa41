import type { Incident } from "@/api";
import { type Entry, PLAUSIBLE } from "../questions";

/** Something that happened at one moment. */
export interface Mark {
  key: string;
  kind: "done" | "reopened" | "status" | "commander" | "started" | "ended" | "restarted";
  at: number;
  /** Who did it; "" where that is not known. */
  by: string;
  /** The post that announced it; "" for none. */
  postId: string;
  /** The new commander. */
  who?: string;
}

export interface TaskLine {
  key: string;
  title: string;
  /** When it was done, and earlier ticks that were taken back. */
  marks: readonly Mark[];
  isDone: boolean;
}

export interface StageLines {
  key: string;
  title: string;
  tasks: readonly TaskLine[];
}

export interface Span {
  from: number;
  to: number;
}

/** While a stage was active. `position` is -1 for a stage that is not there any more. */
export interface Band extends Span {
  position: number;
  title: string;
}

export interface Timeline extends Span {
  stages: readonly StageLines[];
  bands: readonly Band[];
  /** Between an end and the restart after it. */
  pauses: readonly Span[];
  /** What belongs to the incident as a whole. */
  marks: readonly Mark[];
  /** Long stretches in which nothing of all this happened. */
  gaps: readonly Span[];
}

/** The kinds of entries that a timeline is made of. */
export const CHART_KINDS = [
  "incident_started",
  "incident_ended",
  "incident_restarted",
  "stage_changed",
  "commander_changed",
  "status_updated",
  "task_ticked",
  "task_unticked",
];

const SHORTEST_GAP_MS = 5 * 60_000;
const SMALLEST_GAP = 0.12;

/** When each task was done and what else happened, from an incident and its log, oldest entry first. */
export function timelineOf(incident: Incident, entries: readonly Entry[], now: number): Timeline {
  const from = incident.create_at;
  const to = Math.max(from, incident.is_active || incident.end_at < PLAUSIBLE ? now : incident.end_at);
  const marks = entries.flatMap((entry) => markOf(entry) ?? []);
  const stages = incident.checklists.map((stage, at) => ({
    key: stage.id || `stage ${at}`,
    title: stage.title,
    tasks: stage.items.map((task, place) => taskLine(task, `${at} ${place}`, entries)),
  }));
  const { bands, pauses } = spansOf(incident, entries, { from, to });
  const times = [
    ...marks.map(({ at }) => at),
    ...bands.map((band) => band.from),
    ...stages.flatMap(({ tasks }) => tasks.flatMap((task) => task.marks.map(({ at }) => at))),
  ];
  return { from, to, stages, bands, pauses, marks, gaps: gapsBetween(times, { from, to }, pauses) };
}

/** Whether anything of it can be drawn. */
export function hasTasks({ stages }: Timeline): boolean {
  return stages.some(({ tasks }) => tasks.length > 0);
}

const MARKS: Readonly<Record<string, Mark["kind"]>> = {
  incident_started: "started",
  incident_ended: "ended",
  incident_restarted: "restarted",
  commander_changed: "commander",
  status_updated: "status",
};

function markOf(entry: Entry): Mark | null {
  const kind = MARKS[entry.kind];
  if (kind === undefined) return null;
  const mark = {
    key: String(entry.sequence),
    kind,
    at: entry.at,
    by: entry.actor_id,
    postId: words(entry, "post_id"),
  };
  return kind === "commander" ? { ...mark, who: words(entry, "to_id") } : mark;
}

/** Marks in the order of time; those that stand closer together than `closest` ms are one group. */
export function grouped(marks: readonly Mark[], closest: number): [Mark, ...Mark[]][] {
  const groups: [Mark, ...Mark[]][] = [];
  for (const mark of marks.toSorted((a, b) => a.at - b.at)) {
    const last = groups.at(-1);
    if (last && mark.at - last[0].at < closest) last.push(mark);
    else groups.push([mark]);
  }
  return groups;
}

type Task = Incident["checklists"][number]["items"][number];

function taskLine(task: Task, key: string, entries: readonly Entry[]): TaskLine {
  const isDone = task.state === "closed" && task.state_modified >= PLAUSIBLE;
  const changes = entries.filter(
    (entry) =>
      (entry.kind === "task_ticked" || entry.kind === "task_unticked") &&
      task.id !== "" &&
      words(entry, "task_id") === task.id,
  );
  const last = changes.findLast(({ kind }) => kind === "task_ticked");
  const reopened = changes
    .filter(({ kind }) => kind === "task_unticked")
    .map(
      (entry): Mark => ({
        key: String(entry.sequence),
        kind: "reopened",
        at: entry.at,
        by: entry.actor_id,
        postId: words(entry, "post_id"),
      }),
    );
  const done: Mark = {
    key: "done",
    kind: "done",
    at: task.state_modified,
    by: last?.actor_id ?? "",
    postId: task.state_modified_post_id,
  };
  return { key: task.id || key, title: task.title, marks: isDone ? [...reopened, done] : reopened, isDone };
}

function spansOf(incident: Incident, entries: readonly Entry[], { from, to }: Span) {
  const positionOf = (id: string, fallback: number) => {
    const at = incident.checklists.findIndex((stage) => stage.id === id);
    return at >= 0 ? at : fallback < incident.checklists.length ? fallback : -1;
  };
  const started = entries.find(({ kind }) => kind === "incident_started");
  const changes = entries.filter(({ kind }) => kind === "stage_changed");
  const first = changes[0];
  let current = first
    ? {
        position: positionOf(words(first, "from_stage_id"), number(first, "from_position")),
        title: words(first, "from_title"),
      }
    : { position: incident.active_stage, title: incident.active_stage_title };
  const bands: Band[] = [];
  const pauses: Span[] = [];
  let since = started?.at ?? from;
  let isOn = true;
  const close = (at: number) => {
    if (isOn && current.position >= 0) bands.push({ ...current, from: since, to: at });
    else if (!isOn) pauses.push({ from: since, to: at });
    since = at;
  };
  for (const entry of entries) {
    if (entry.kind === "stage_changed") {
      // Of a stage that is set after the end there is no band.
      if (isOn) close(entry.at);
      current = {
        position: positionOf(words(entry, "to_stage_id"), number(entry, "to_position")),
        title: words(entry, "to_title"),
      };
    } else if ((entry.kind === "incident_ended" && isOn) || (entry.kind === "incident_restarted" && !isOn)) {
      close(entry.at);
      isOn = !isOn;
    }
  }
  if (isOn) close(to);
  return { bands: bands.filter((band) => band.to > band.from), pauses };
}

function gapsBetween(times: readonly number[], { from, to }: Span, pauses: readonly Span[]): Span[] {
  const shortest = Math.max(SHORTEST_GAP_MS, (to - from) * SMALLEST_GAP);
  const ends = pauses.flatMap((pause) => [pause.from, pause.to]);
  const all = [...times, ...ends, from, to].filter((at) => at >= from && at <= to).sort((a, b) => a - b);
  return all
    .slice(1)
    .map((at, before) => ({ from: all[before] ?? from, to: at }))
    .filter((gap) => gap.to - gap.from >= shortest)
    .filter((gap) => !pauses.some((pause) => pause.from <= gap.from && gap.to <= pause.to));
}

function words(entry: Entry, field: string): string {
  const value = entry.payload[field];
  return typeof value === "string" ? value : "";
}

function number(entry: Entry, field: string): number {
  const value = entry.payload[field];
  return typeof value === "number" ? value : 0;
}
