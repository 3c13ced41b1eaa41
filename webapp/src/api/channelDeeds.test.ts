import { expect, test } from "vitest";
import { nameFor } from "./channelDeeds";

test.each([
  ["Büro & Küche", "buro-kuche"],
  ["  On-call  ", "on-call"],
  ["#1 priority!", "1-priority"],
])("%s is at %s", (called, name) => {
  expect(nameFor(called)).toBe(name);
});

test("what has no latin letters gets a name all the same", () => {
  expect(nameFor("障害対応")).toMatch(/^[a-z0-9]{26}$/);
});
