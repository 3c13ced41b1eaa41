import { expect, test } from "vitest";
import { titleOf } from "./title";

const where = { channel: "Kitchen", team: "Ops" };

test("mentions that wait are counted in the title", () => {
  expect(titleOf({ ...where, mentions: 2, hasUnread: true })).toBe("(2) Kitchen – Ops – Command Post");
});

test("posts that nobody was called by are a dot", () => {
  expect(titleOf({ ...where, mentions: 0, hasUnread: true })).toBe("• Kitchen – Ops – Command Post");
});
