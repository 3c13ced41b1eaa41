import { expect, test } from "vitest";
import { difference } from "./difference";

const stage = (...titles: string[]) => ({
  title: "Look",
  tasks: titles.map((title) => ({ title, command: "", assignee_username: "" })),
});

const shown = (before: string[], after: string[]) =>
  difference(stage(...before), stage(...after)).map(
    ({ kind, task }) => ({ same: " ", added: "+", removed: "-" })[kind] + task.title,
  );

test("a task that comes stands among those that stay", () => {
  expect(shown(["a", "b"], ["a", "x", "b"])).toEqual([" a", "+x", " b"]);
});

test("a task that is moved goes in one place and comes in another", () => {
  expect(shown(["a", "b", "c"], ["c", "a", "b"])).toEqual(["+c", " a", " b", "-c"]);
});

test("a task that gets a command is taken out and put in again", () => {
  const after = { title: "Look", tasks: [{ title: "a", command: "/page", assignee_username: "" }] };
  expect(difference(stage("a"), after).map(({ kind }) => kind)).toEqual(["removed", "added"]);
});

test("a stage that is not there has no tasks", () => {
  expect(difference(undefined, stage("a")).map(({ kind }) => kind)).toEqual(["added"]);
});
