import { expect, test } from "vitest";
import { changed } from "./changes";
import { blankDraft, type Draft, newStage, newTask } from "./draft";
import { changeOfDrop, changeOfStep, type Edge, type Piece } from "./drag";

function draft(): Draft {
  const task = (title: string) => ({ ...newTask(title), key: title });
  return {
    ...blankDraft("me"),
    stages: [
      { ...newStage("A", [task("a1"), task("a2"), task("a3")]), key: "A" },
      { ...newStage("B", []), key: "B" },
    ],
  };
}

const task = (key: string): Piece => ({ type: "task", key });
const stage = (key: string): Piece => ({ type: "stage", key });

function dropped(dragged: Piece, target: Piece, edge: Edge | null): string | null {
  const change = changeOfDrop(draft(), dragged, target, edge);
  return change && written(changed(draft(), change));
}

function written({ stages }: Draft): string {
  return stages.map(({ title, tasks }) => `${title}: ${tasks.map((one) => one.title).join(" ")}`).join(", ");
}

test("a task lands at the edge on which it was dropped", () => {
  expect(dropped(task("a1"), task("a3"), "bottom")).toBe("A: a2 a3 a1, B: ");
  expect(dropped(task("a1"), task("a3"), "top")).toBe("A: a2 a1 a3, B: ");
  expect(dropped(task("a3"), task("a1"), "top")).toBe("A: a3 a1 a2, B: ");
});

test("a task lands at the end of the stage on which it was dropped, also of an empty one", () => {
  expect(dropped(task("a2"), stage("B"), null)).toBe("A: a1 a3, B: a2");
  expect(dropped(task("a1"), stage("A"), null)).toBe("A: a2 a3 a1, B: ");
});

test("a stage is dropped beside another", () => {
  expect(dropped(stage("A"), stage("B"), "bottom")).toBe("B: , A: a1 a2 a3");
});

test("a drop in place changes nothing", () => {
  expect(dropped(task("a2"), task("a1"), "bottom")).toBeNull();
  expect(dropped(task("a3"), stage("A"), null)).toBeNull();
  expect(dropped(stage("A"), stage("B"), "top")).toBeNull();
});

test("a task steps through its stage and into the next, and stops at the ends", () => {
  const step = (key: string, by: -1 | 1) => {
    const change = changeOfStep(draft(), task(key), by);
    return change && written(changed(draft(), change));
  };

  expect(step("a1", 1)).toBe("A: a2 a1 a3, B: ");
  expect(step("a3", 1)).toBe("A: a1 a2, B: a3");
  expect(step("a1", -1)).toBeNull();
});
