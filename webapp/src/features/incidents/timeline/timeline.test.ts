import { expect, test } from "vitest";
import type { Incident } from "@/api";
import type { Entry } from "../questions";
import { grouped, hasTasks, type Mark, timelineOf } from "./timeline";

const START = Date.UTC(2026, 10, 28, 9);
const MINUTE = 60_000;

type Task = Incident["checklists"][number]["items"][number];

function task(id: string, doneAfterMin?: number): Task {
  return {
    id,
    title: `Task ${id}`,
    state: doneAfterMin === undefined ? "" : "closed",
    state_modified: doneAfterMin === undefined ? 0 : START + doneAfterMin * MINUTE,
    state_modified_post_id: "",
    assignee_id: "",
    assignee_modified: 0,
    assignee_modified_post_id: "",
    command: "",
    command_last_run: 0,
    description: "",
  };
}

function incident(changes: Partial<Incident> = {}): Incident {
  return {
    id: "i",
    name: "Cart is broken",
    description: "",
    is_active: true,
    commander_user_id: "ana",
    team_id: "t",
    channel_id: "c",
    create_at: START,
    end_at: 0,
    delete_at: 0,
    active_stage: 1,
    active_stage_title: "Mend",
    post_id: "",
    playbook_id: "",
    checklists: [
      { id: "look", title: "Look", items: [task("a", 10), task("b")] },
      { id: "mend", title: "Mend", items: [task("c")] },
    ],
    status_post_ids: [],
    status_posts: [],
    reminder_post_id: "",
    previous_reminder: 0,
    broadcast_channel_id: "",
    reminder_message_template: "",
    is_practice: false,
    is_imported: false,
    ...changes,
  };
}

let sequence = 0;

function entry(kind: string, afterMin: number, payload: Record<string, unknown> = {}): Entry {
  sequence += 1;
  return { sequence, kind, version: 1, actor_id: "ben", at: START + afterMin * MINUTE, payload };
}

const moved = (afterMin: number, from: string, to: string) =>
  entry("stage_changed", afterMin, {
    from_stage_id: from.toLowerCase(),
    from_title: from,
    to_stage_id: to.toLowerCase(),
    to_title: to,
  });

/** Spans as minutes since the start. */
const minutes = (spans: readonly { from: number; to: number }[]) =>
  spans.map(({ from, to }) => [(from - START) / MINUTE, (to - START) / MINUTE]);

const after = (min: number) => START + min * MINUTE;

test("a task is marked when it was done, by whoever ticked it last", () => {
  const log = [
    entry("task_ticked", 4, { task_id: "a" }),
    entry("task_unticked", 6, { task_id: "a" }),
    entry("task_ticked", 10, { task_id: "a" }),
  ];

  const [look] = timelineOf(incident(), log, after(20)).stages;

  expect(look?.tasks[0]).toMatchObject({
    isDone: true,
    marks: [
      { kind: "reopened", at: after(6) },
      { kind: "done", at: after(10), by: "ben" },
    ],
  });
  expect(look?.tasks[1]).toMatchObject({ isDone: false, marks: [] });
});

test("stages are bands, one after the other, up to now", () => {
  const log = [entry("incident_started", 0), moved(12, "Look", "Mend")];

  const { bands } = timelineOf(incident(), log, after(20));

  expect(bands.map(({ title, position }) => [title, position])).toEqual([
    ["Look", 0],
    ["Mend", 1],
  ]);
  expect(minutes(bands)).toEqual([
    [0, 12],
    [12, 20],
  ]);
});

test("between an end and a restart there is a pause and no band", () => {
  const log = [
    entry("incident_started", 0),
    entry("incident_ended", 10),
    moved(12, "Look", "Mend"),
    entry("incident_restarted", 15),
  ];

  const { bands, pauses, marks } = timelineOf(incident(), log, after(20));

  expect(minutes(pauses)).toEqual([[10, 15]]);
  expect(minutes(bands)).toEqual([
    [0, 10],
    [15, 20],
  ]);
  expect(bands.map(({ title }) => title)).toEqual(["Look", "Mend"]);
  expect(marks.map(({ kind }) => kind)).toEqual(["started", "ended", "restarted"]);
});

test("long stretches without anything are gaps, pauses are not", () => {
  const log = [
    entry("incident_started", 0),
    entry("status_updated", 5, { post_id: "p" }),
    entry("incident_ended", 60),
    entry("incident_restarted", 100),
  ];
  const { gaps } = timelineOf(incident({ active_stage: 0, active_stage_title: "Look" }), log, after(105));

  expect(minutes(gaps)).toEqual([[10, 60]]);
});

test("without a log there is what the incident itself says", () => {
  const ended = incident({ is_active: false, end_at: after(30) });

  const timeline = timelineOf(ended, [], after(999));

  expect(minutes([timeline])).toEqual([[0, 30]]);
  expect(timeline.bands.map(({ title }) => title)).toEqual(["Mend"]);
  expect(hasTasks(timeline)).toBe(true);
  expect(hasTasks(timelineOf(incident({ checklists: [] }), [], after(1)))).toBe(false);
});

test("a task that is closed without a plausible time is not marked", () => {
  const odd = { ...task("a"), state: "closed", state_modified: 5 };
  const { stages } = timelineOf(
    incident({ checklists: [{ id: "x", title: "X", items: [odd] }] }),
    [],
    after(1),
  );

  expect(stages[0]?.tasks[0]).toMatchObject({ isDone: false, marks: [] });
});

test("marks that would cover each other are one group", () => {
  const mark = (at: number): Mark => ({ key: String(at), kind: "status", at, by: "", postId: "" });

  const groups = grouped([mark(30), mark(10), mark(15), mark(19)], 10);

  expect(groups.map((group) => group.map(({ at }) => at))).toEqual([[10, 15, 19], [30]]);
});
