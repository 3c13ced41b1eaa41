import type { ChannelCategory } from "@mattermost/types/channel_categories";
import { expect, test } from "vitest";
import { withCategoryMoved, withChannelMoved, withChannelPlaced } from "./categories";

function aCategory(id: string, ...channels: string[]): ChannelCategory {
  return { id, channel_ids: channels } as ChannelCategory;
}

const shape = (all: ChannelCategory[]) => all.map((one) => `${one.id}: ${one.channel_ids.join(" ")}`);

test("a channel leaves its category and stands before the one it was dropped on", () => {
  const all = [aCategory("first", "a", "b"), aCategory("second", "c", "d")];

  expect(shape(withChannelMoved(all, "a", { categoryId: "second", beforeId: "d" }))).toEqual([
    "first: b",
    "second: c a d",
  ]);
});

test("a channel moves within its category", () => {
  const all = [aCategory("first", "a", "b", "c")];

  expect(shape(withChannelMoved(all, "c", { categoryId: "first", beforeId: "a" }))).toEqual(["first: c a b"]);
});

test("categories that nothing happens to stay the same", () => {
  const all = [aCategory("first", "a"), aCategory("second"), aCategory("third", "x")];

  expect(withChannelMoved(all, "a", { categoryId: "second", beforeId: "" })[2]).toBe(all[2]);
});

test("a category moves before another, or to the end", () => {
  expect(withCategoryMoved(["a", "b", "c"], "c", "a")).toEqual(["c", "a", "b"]);
  expect(withCategoryMoved(["a", "b", "c"], "a", "")).toEqual(["b", "c", "a"]);
});

test("a channel that is placed keeps the others as they were shown, those that are hidden last", () => {
  const all = [aCategory("first", "c", "hidden", "a", "b")];

  const after = withChannelPlaced(all, "c", { categoryId: "first", beforeId: "b" }, ["a", "b", "c"]);

  expect(shape(after)).toEqual(["first: a c b hidden"]);
  expect(after[0]?.sorting).toBe("manual");
});
