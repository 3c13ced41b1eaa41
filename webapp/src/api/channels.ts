import type { ChannelMembership, ServerChannel } from "@mattermost/types/channels";
import type { Post } from "@mattermost/types/posts";
import { queryOptions } from "@tanstack/react-query";
import { cache, changeKnown } from "./cache";
import { chat } from "./client";
import { keys } from "./keys";
import { remember } from "./users";

type Channels = ReadonlyMap<string, ServerChannel>;
type Memberships = ReadonlyMap<string, ChannelMembership>;

export const statsQuery = (channel: string) =>
  queryOptions({ queryKey: keys.channelStats(channel), queryFn: () => chat.getChannelStats(channel) });

/** A channel that one is not in, as far as one may know of it. */
export const channelNamedQuery = (team: string, name: string) =>
  queryOptions({
    queryKey: keys.channelNamed(team, name),
    queryFn: () => chat.getChannelByName(team, name),
    staleTime: 0,
    gcTime: 0,
  });

const MOST_MEMBERS = 200;

/** The people in a channel; of very large ones, the first. */
export const channelMembersQuery = (channel: string) =>
  queryOptions({
    queryKey: keys.channelMembers(channel),
    queryFn: async () => {
      const users = await chat.getProfilesInChannel(channel, 0, MOST_MEMBERS);
      remember(...users);
      return users;
    },
  });

export function changeChannel(id: string, change: (channel: ServerChannel) => ServerChannel): void {
  changeInMaps<ServerChannel>("channels", id, change);
}

export function changeMembership(
  id: string,
  change: (membership: ChannelMembership) => ChannelMembership,
): void {
  changeInMaps<ChannelMembership>("memberships", id, change);
}

/** Direct channels are in every team's map: all maps that have the id are changed. */
function changeInMaps<Value>(
  kind: "channels" | "memberships",
  id: string,
  change: (value: Value) => Value,
): void {
  changeKnown<ReadonlyMap<string, Value>>({ queryKey: [kind] }, (map) => {
    const before = map.get(id);
    return before === undefined ? map : new Map(map).set(id, change(before));
  });
}

/** A channel one is not in any more, or that is gone. */
export function forgetChannel(id: string): void {
  for (const kind of ["channels", "memberships"]) {
    changeKnown<ReadonlyMap<string, unknown>>({ queryKey: [kind] }, (map) => {
      if (!map.has(id)) return map;
      const rest = new Map(map);
      rest.delete(id);
      return rest;
    });
  }
  cache.removeQueries({ queryKey: keys.posts(id) });
}

/** Joins and leaves are not counted as posts. */
const UNCOUNTED = /^system_(join|leave|add_to|remove_from)_/;

/** A new post makes its channel unread, unless it is one's own. */
export function notePost(
  post: Post,
  { isMentioned, isMine }: { isMentioned: boolean; isMine: boolean },
): void {
  if (UNCOUNTED.test(post.type)) return;
  changeChannel(post.channel_id, (channel) => ({
    ...channel,
    last_post_at: Math.max(channel.last_post_at, post.create_at),
    total_msg_count: channel.total_msg_count + 1,
  }));
  changeMembership(post.channel_id, (membership) => ({
    ...membership,
    msg_count: membership.msg_count + (isMine ? 1 : 0),
    mention_count: membership.mention_count + (isMentioned && !isMine ? 1 : 0),
  }));
}

/** Whether a channel has posts that one has not seen; muted ones only count mentions. */
export function isUnread(channel: ServerChannel, membership: ChannelMembership | undefined): boolean {
  if (!membership) return false;
  if (membership.mention_count > 0) return true;
  return !isMuted(membership) && channel.total_msg_count > membership.msg_count;
}

export function isMuted(membership: ChannelMembership | undefined): boolean {
  return membership?.notify_props.mark_unread === "mention";
}

/** Tell the server that a channel is being read; its events tell it everywhere else. */
export async function viewChannel(id: string): Promise<void> {
  await chat.viewMyChannel(id);
}

export function channelIn(team: string, id: string): ServerChannel | undefined {
  return cache.getQueryData<Channels>(keys.channels(team))?.get(id);
}

/** Whether one is in a channel, of whichever team. */
export function isMember(id: string): boolean {
  const all = cache.getQueriesData<Memberships>({ queryKey: ["memberships"] });
  return all.some(([, memberships]) => memberships?.has(id));
}

export function membershipIn(team: string, id: string): ChannelMembership | undefined {
  return cache.getQueryData<Memberships>(keys.memberships(team))?.get(id);
}
