import { expect, test } from "vitest";
import { teamNameOf } from "./entering";

test.each([
  ["Ops", "ops"],
  ["  Site Reliability (EU) ", "site-reliability-eu"],
  ["Zürich", "zurich"],
  ["24/7", "team-24-7"],
  ["x", "team-x"],
])("the team %s has the name %s in addresses", (displayName, name) => {
  expect(teamNameOf(displayName)).toBe(name);
});

test("a team written in another script gets a name all the same", () => {
  expect(teamNameOf("運用")).toMatch(/^team-[a-z0-9]{1,4}$/);
});
