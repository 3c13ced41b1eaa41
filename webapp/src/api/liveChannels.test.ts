import type { ServerChannel } from "@mattermost/types/channels";
import type { Post } from "@mattermost/types/posts";
import { afterEach, expect, test, vi } from "vitest";
import { socketFeed } from "@/host";
import { cache } from "./cache";
import { chat } from "./client";
import { keys } from "./keys";
import { keepChannelsLive } from "./liveChannels";
import { channelsQuery } from "./teams";

afterEach(() => {
  cache.clear();
  vi.restoreAllMocks();
});

test("a post that an answer had in it before its event came is not counted again", async () => {
  const channel = { id: "kitchen", last_post_at: 5, total_msg_count: 3 };
  const count = () => cache.getQueryData<Map<string, typeof channel>>(keys.channels("team"))?.get("kitchen");
  const arrive = (create_at: number) => {
    const post: Partial<Post> = { channel_id: "kitchen", user_id: "ben", type: "", create_at };
    const broadcast = { channel_id: "kitchen", team_id: "", user_id: "" };
    socketFeed.receive({ event: "posted", data: { post: JSON.stringify(post) }, broadcast });
  };
  vi.spyOn(chat, "getMyChannels").mockResolvedValue([channel as ServerChannel]);
  await cache.fetchQuery(channelsQuery("team"));
  const ends = keepChannelsLive();

  arrive(5);
  expect(count()?.total_msg_count).toBe(3);
  arrive(7);
  expect(count()?.total_msg_count).toBe(4);
  // From a server whose clock is a little behind.
  arrive(6);
  expect(count()?.total_msg_count).toBe(5);
  for (const end of ends) end();
});

test("a channel is read up to the last post that was told, however late that is told", () => {
  const membership = () =>
    cache
      .getQueryData<Map<string, { last_viewed_at: number; msg_count: number }>>(keys.memberships("team"))
      ?.get("kitchen");
  const channel = { id: "kitchen", last_post_at: 5, total_msg_count: 3 };
  cache.setQueryData(keys.channels("team"), new Map([["kitchen", channel]]));
  cache.setQueryData(keys.memberships("team"), new Map([["kitchen", { last_viewed_at: 2, msg_count: 1 }]]));
  const ends = keepChannelsLive();

  const broadcast = { channel_id: "", team_id: "", user_id: "ana" };
  socketFeed.receive({ event: "channel_viewed", data: { channel_id: "kitchen" }, broadcast });

  expect(membership()).toMatchObject({ last_viewed_at: 5, msg_count: 3 });
  for (const end of ends) end();
});
