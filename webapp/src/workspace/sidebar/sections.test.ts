import type { ChannelCategory } from "@mattermost/types/channel_categories";
import type { ServerChannel } from "@mattermost/types/channels";
import { expect, test } from "vitest";
import { firstOf, sections } from "./sections";

function aChannel(id: string, more: Partial<ServerChannel> = {}): ServerChannel {
  return { id, display_name: id, create_at: 0, last_post_at: 0, ...more } as ServerChannel;
}

function known(categories: Partial<ChannelCategory>[], channels: ServerChannel[], ongoing: string[] = []) {
  return {
    categories: {
      categories: categories.map((one) => ({ id: one.type, sorting: "", ...one }) as ChannelCategory),
      order: categories.map((one) => one.id ?? one.type ?? ""),
    },
    channels: new Map(channels.map((channel) => [channel.id, channel])),
    memberships: new Map(),
    ongoing: new Set(ongoing),
    nameOf: (channel: ServerChannel) => channel.display_name,
    isHidden: () => false,
  };
}

const shape = (all: ReturnType<typeof sections>) =>
  all.map((one) => `${one.id}: ${one.channels.map((channel) => channel.id).join(" ")}`);

test("channels are sorted by name, favourites as they were put, messages by the latest", () => {
  const all = sections(
    known(
      [
        { type: "favorites", channel_ids: ["f", "a"] },
        { type: "channels", channel_ids: ["z", "b"] },
        { type: "direct_messages", channel_ids: ["old", "new"] },
      ],
      [
        ...["f", "a", "z", "b"].map((id) => aChannel(id)),
        aChannel("old", { last_post_at: 1 }),
        aChannel("new", { last_post_at: 2 }),
      ],
    ),
  );

  expect(shape(all)).toEqual(["favorites: f a", "channels: b z", "direct_messages: new old"]);
});

test("ongoing incidents gather on top, the newest first, and in no other section", () => {
  const channels = [aChannel("a"), aChannel("fire", { create_at: 1 }), aChannel("flood", { create_at: 2 })];
  const all = sections(
    known([{ type: "channels", channel_ids: ["a", "fire", "flood"] }], channels, ["fire", "flood"]),
  );

  expect(shape(all)).toEqual(["ongoing: flood fire", "channels: a"]);
});

test("of very many channels the first are shown, and those further down that wait", () => {
  const channels = ["a", "b", "c", "d", "e", "f"].map((id) => aChannel(id));
  const ids = (most: number) => firstOf(channels, most, ({ id }) => id > "c").map(({ id }) => id);

  expect(ids(2)).toEqual(["a", "b", "d", "e"]);
  expect(ids(6)).toHaveLength(6);
});

test("a channel with another name takes another place", () => {
  const categories: Partial<ChannelCategory>[] = [{ type: "channels", channel_ids: ["a", "b"] }];
  const before = known(categories, [aChannel("a"), aChannel("b")]);
  sections(before);
  const channels = new Map(before.channels).set("a", aChannel("a", { display_name: "z" }));

  expect(shape(sections({ ...before, channels }))).toEqual(["channels: b a"]);
});
