import { expect, test } from "vitest";
import { type Change, changed, placeOf } from "./changes";
import { blankDraft, bodyOfDraft, type Draft, draftOfTemplate, isSame, newStage, newTask } from "./draft";

/** Two stages: A with a1 and a2, B with b1. The keys are the titles. */
function draft(): Draft {
  const task = (title: string) => ({ ...newTask(title), key: title });
  return {
    ...blankDraft("me"),
    stages: [
      { ...newStage("A", [task("a1"), task("a2")]), key: "A" },
      { ...newStage("B", [task("b1")]), key: "B" },
    ],
  };
}

function outline(draft: Draft): Record<string, string[]> {
  return Object.fromEntries(draft.stages.map(({ title, tasks }) => [title, tasks.map((one) => one.title)]));
}

function after(...changes: Change[]): Record<string, string[]> {
  return outline(changes.reduce(changed, draft()));
}

test("a task moves within its stage, and into another, also an empty one", () => {
  expect(after({ kind: "task moved", task: "a1", toStage: "A", to: 1 })).toEqual({
    A: ["a2", "a1"],
    B: ["b1"],
  });
  expect(after({ kind: "task moved", task: "a1", toStage: "B", to: 0 })).toEqual({
    A: ["a2"],
    B: ["a1", "b1"],
  });
  expect(
    after({ kind: "task removed", task: "b1" }, { kind: "task moved", task: "a2", toStage: "B", to: 0 }),
  ).toEqual({ A: ["a1"], B: ["a2"] });
});

test("stages move with their tasks", () => {
  const moved = changed(draft(), { kind: "stage moved", stage: "B", to: 0 });

  expect(moved.stages.map(({ title }) => title)).toEqual(["B", "A"]);
  expect(outline(moved)).toEqual(outline(draft()));
});

test("what was removed comes back to its place", () => {
  const before = draft();
  const place = placeOf(before, "a1");
  const stage = before.stages[0];
  if (!place || !stage) throw new Error("There is no a1");
  const task = place.stage.tasks[place.at];
  if (!task) throw new Error("There is no a1");

  expect(
    after({ kind: "task removed", task: "a1" }, { kind: "task put back", task, stage: "A", at: place.at }),
  ).toEqual(outline(before));
  expect(after({ kind: "stage removed", stage: "A" }, { kind: "stage put back", stage, at: 0 })).toEqual(
    outline(before),
  );
});

test("a task comes back also when its stage is gone", () => {
  const task = newTask("a1");

  expect(
    after(
      { kind: "task removed", task: "a1" },
      { kind: "stage removed", stage: "A" },
      { kind: "task put back", task, stage: "A", at: 0 },
    ),
  ).toEqual({ B: ["a1", "b1"] });
});

test("a move of what is not there changes nothing", () => {
  expect(after({ kind: "task moved", task: "gone", toStage: "A", to: 0 })).toEqual(outline(draft()));
  expect(after({ kind: "task moved", task: "a1", toStage: "gone", to: 0 })).toEqual(outline(draft()));
});

test("blanks are filled when saved, and a lone slash is no command", () => {
  const blank = blankDraft("me");
  const stage = blank.stages[0];
  if (!stage) throw new Error("There is no stage");
  const body = bodyOfDraft(
    { ...blank, stages: [{ ...stage, title: " ", tasks: [newTask("", " / ")] }] },
    "team",
  );

  expect(body).toMatchObject({
    title: "Untitled Playbook",
    team_id: "team",
    create_public_incident: false,
    member_ids: ["me"],
    checklists: [{ title: "Untitled Stage", items: [{ title: "Untitled Step", command: "" }] }],
  });
});

test("the template has its stages and commands, and differs from a blank playbook", () => {
  const template = draftOfTemplate("Incident Management Playbook", "me");

  expect(template.stages.map(({ title, tasks }) => [title, tasks.length])).toEqual([
    ["Triage", 10],
    ["Investigation", 3],
    ["Resolution", 7],
  ]);
  expect(template.stages.flatMap(({ tasks }) => tasks.map(({ command }) => command)).filter(Boolean)).toEqual(
    ['/echo ""', "/jira create", "/genie whoisoncall", "/incident end", "/export"],
  );
  expect(isSame(template, blankDraft("me"))).toBe(false);
  expect(isSame(draftOfTemplate("Blank Playbook", "me"), blankDraft("me"))).toBe(true);
});
