import { describe, expect, it } from "vitest";
import type { Incident, Task } from "@/api";
import { changesBetween } from "./announcements";
import { withMoved } from "./deeds";
import { lastedMs, latestStatusPost, nextUpdateDue, partOf, plain } from "./progress";
import { receiptsIn } from "./receipts";
import { placeAfterDrop } from "./tasks/dragging";

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 1);

const aTask = (id: string, more: Partial<Task> = {}): Task => ({
  id,
  title: id,
  state: "",
  state_modified: 0,
  state_modified_post_id: "",
  assignee_id: "",
  assignee_modified: 0,
  assignee_modified_post_id: "",
  command: "",
  command_last_run: 0,
  description: "",
  ...more,
});

const anIncident = (more: Partial<Incident> = {}): Incident => ({
  id: "incident",
  name: "Cart empty",
  description: "",
  is_active: true,
  commander_user_id: "ana",
  team_id: "team",
  channel_id: "channel",
  create_at: START,
  end_at: 0,
  delete_at: 0,
  active_stage: 1,
  active_stage_title: "Repair",
  post_id: "",
  playbook_id: "",
  checklists: ["Triage", "Repair", "Learn"].map((title) => ({ id: title, title, items: [] })),
  status_post_ids: [],
  status_posts: [],
  reminder_post_id: "",
  previous_reminder: 0,
  broadcast_channel_id: "",
  reminder_message_template: "",
  is_practice: false,
  is_imported: false,
  ...more,
});

describe("the stages", () => {
  it("are passed, active and to come; all are passed in the end", () => {
    const parts = (incident: Incident) => [0, 1, 2].map((position) => partOf(incident, position));
    expect(parts(anIncident())).toEqual(["passed", "active", "later"]);
    expect(parts(anIncident({ is_active: false }))).toEqual(["passed", "passed", "passed"]);
  });
});

describe("the duration", () => {
  it("goes on, stands at the end, and is not known without a plausible end", () => {
    expect(lastedMs(anIncident(), START + MINUTE)).toBe(MINUTE);
    expect(lastedMs(anIncident({ is_active: false, end_at: START + 2 * MINUTE }), START)).toBe(2 * MINUTE);
    expect(lastedMs(anIncident({ is_active: false, end_at: 5 }), START)).toBeNull();
  });
});

describe("a status update", () => {
  const updated = anIncident({
    previous_reminder: 15 * MINUTE * 1_000_000,
    status_posts: [
      { id: "old", create_at: START + 1, delete_at: 0 },
      { id: "deleted", create_at: START + 9, delete_at: START + 10 },
    ],
  });

  it("is the newest one that was not deleted", () => {
    expect(latestStatusPost(updated)?.id).toBe("old");
    expect(latestStatusPost(anIncident())).toBeUndefined();
  });

  it("is due again that long after the last one, though it was deleted", () => {
    expect(nextUpdateDue(updated, 0)).toBe(START + 9 + 15 * MINUTE);
  });

  it("is not due without a timer, after the end, and after a restart", () => {
    expect(nextUpdateDue({ ...updated, previous_reminder: 0 }, 0)).toBeNull();
    expect(nextUpdateDue({ ...updated, is_active: false }, 0)).toBeNull();
    expect(nextUpdateDue(updated, START + 20)).toBeNull();
    expect(nextUpdateDue(anIncident({ previous_reminder: 1 }), 0)).toBeNull();
  });
});

describe("a task", () => {
  it("is moved to its new place", () => {
    const stage = { id: "s", title: "S", items: ["a", "b", "c"].map((id) => aTask(id)) };
    const moved = withMoved(anIncident({ checklists: [stage] }), 0, 0, 2);
    expect(moved.checklists[0]?.items.map((task) => task.id)).toEqual(["b", "c", "a"]);
  });

  it.each([
    [0, 2, "before", 1],
    [0, 2, "after", 2],
    [2, 0, "before", 0],
    [2, 0, "after", 1],
    [1, 0, "after", 1],
  ] as const)("dragged from %i to %i (%s) ends at %i", (from, at, edge, to) => {
    expect(placeAfterDrop(from, at, edge)).toBe(to);
  });

  it("is named without the marks of its title", () => {
    expect(plain("Ask **support** in [the tracker](https://example.com) about `x`")).toBe(
      "Ask support in the tracker about x",
    );
  });

  it("has the receipt of its last run", () => {
    const run = (at: number, outcome: string) => ({
      sequence: at,
      kind: "task_run",
      version: 1,
      actor_id: "ben",
      at,
      payload: { task_id: "a", outcome, answer: "said" },
    });
    const restarted = { ...run(3, ""), kind: "incident_restarted", payload: {} };
    const { byTask, restartedAt } = receiptsIn([restarted, run(2, "not_found"), run(1, "ok")]);
    expect(byTask.get("a")).toEqual({ outcome: "failed", at: 2, by: "ben", answer: "said" });
    expect(restartedAt).toBe(3);
  });
});

describe("what is said aloud", () => {
  it("names ticks, the stage and the end", () => {
    const stages = (state: string) => [{ id: "s", title: "S", items: [aTask("a", { state })] }];
    const before = anIncident({ checklists: stages("") });
    const now = anIncident({ checklists: stages("closed"), active_stage: 2, is_active: false });
    expect(changesBetween(before, now).map((change) => change.key)).toEqual([
      "taskTicked",
      "stageIsNow",
      "endedNow",
    ]);
    expect(changesBetween(now, now)).toEqual([]);
  });
});
