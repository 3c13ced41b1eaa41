import type { ChannelMembership, ServerChannel } from "@mattermost/types/channels";
import type { Post } from "@mattermost/types/posts";
import { type LiveEvent, onLive, placeStore } from "@/host";
import { cache } from "./cache";
import { changeChannel, changeMembership, forgetChannel, notePost } from "./channels";
import { keys } from "./keys";
import { onParsed, parsed } from "./live";
import { countedUpTo } from "./teams";

export function keepChannelsLive(): (() => void)[] {
  const me = () => placeStore.getState().me?.id;
  return [
    onParsed<Post>("posted", "post", (post, event) => {
      const mentioned = parsed<string[]>(event, "mentions") ?? [];
      // An answer can be quicker than the event of a post that it counts.
      if (post.create_at <= countedUpTo(post.channel_id)) seldom(askForCounts);
      else notePost(post, { isMentioned: mentioned.includes(me() ?? ""), isMine: post.user_id === me() });
      seldom(askForTeamUnreads);
    }),
    onParsed<ServerChannel>("channel_updated", "channel", (channel) =>
      changeChannel(channel.id, () => channel),
    ),
    onLive("channel_created", askForChannels),
    onLive("channel_restored", askForChannels),
    onLive("channel_converted", askForChannels),
    onLive("direct_added", askForChannels),
    onLive("group_added", askForChannels),
    onLive("user_added", (event) => {
      if (event.data.user_id === me()) askForChannels();
      else askForPeopleOf(event.broadcast.channel_id);
    }),
    onLive("user_removed", (event) => {
      const channel = event.data.channel_id;
      if (typeof channel === "string") forgetChannel(channel);
      else if (event.data.user_id === me()) forgetChannel(event.broadcast.channel_id);
      else askForPeopleOf(event.broadcast.channel_id);
    }),
    onLive("channel_deleted", (event) => forgetChannel(String(event.data.channel_id))),
    onLive("channel_viewed", (event) => readUpToLast(String(event.data.channel_id))),
    onLive("multiple_channels_viewed", (event) => {
      for (const channel of Object.keys(event.data.channel_times ?? {})) readUpToLast(channel);
    }),
    onParsed<ChannelMembership>("channel_member_updated", "channelMember", (membership) =>
      changeMembership(membership.channel_id, (before) => ({ ...before, ...membership })),
    ),
    onLive("post_unread", ({ data, broadcast }) =>
      changeMembership(broadcast.channel_id, (before) => ({
        ...before,
        msg_count: Number(data.msg_count),
        mention_count: Number(data.mention_count),
        last_viewed_at: Number(data.last_viewed_at),
      })),
    ),
    ...["sidebar_category_created", "sidebar_category_deleted", "sidebar_category_updated"].map((kind) =>
      onLive(kind, askForCategories),
    ),
    onLive("sidebar_category_order_updated", askForCategories),
    ...["added_to_team", "leave_team", "update_team", "delete_team", "restore_team"].map((kind) =>
      onLive(kind, () => void cache.invalidateQueries({ queryKey: keys.teams })),
    ),
  ];
}

function readUpToLast(channel: string): void {
  const all = cache.getQueriesData<ReadonlyMap<string, ServerChannel>>({ queryKey: ["channels"] });
  const known = all.map(([, channels]) => channels?.get(channel)).find((one) => one !== undefined);
  changeMembership(channel, (before) => ({
    ...before,
    mention_count: 0,
    msg_count: known?.total_msg_count ?? before.msg_count,
    // Events keep their order: it was read up to the last post that was told before, however late this is told.
    last_viewed_at: Math.max(before.last_viewed_at, known?.last_post_at ?? 0),
  }));
  seldom(askForTeamUnreads);
}

const SELDOM_MS = 500;
const asking = new Set<() => void>();

/** However fast posts come, what they may have changed is asked for now and then; slower answers are waited for. */
function seldom(ask: () => void): void {
  if (asking.has(ask)) return;
  asking.add(ask);
  setTimeout(() => {
    asking.delete(ask);
    ask();
  }, SELDOM_MS);
}

function askForTeamUnreads(): void {
  void cache.invalidateQueries({ queryKey: keys.teamUnreads }, { cancelRefetch: false });
}

function askForCounts(): void {
  for (const kind of ["channels", "memberships"])
    void cache.invalidateQueries({ queryKey: [kind] }, { cancelRefetch: false });
}

function askForChannels(): void {
  for (const kind of ["channels", "memberships", "categories"])
    void cache.invalidateQueries({ queryKey: [kind] });
}

function askForCategories(event: LiveEvent): void {
  const team = event.broadcast.team_id || String(event.data.team_id ?? "");
  void cache.invalidateQueries({ queryKey: team ? keys.categories(team) : ["categories"] });
}

function askForPeopleOf(channel: string): void {
  void cache.invalidateQueries({ queryKey: keys.channel(channel) });
}
