import type { ChannelMembership, ServerChannel } from "@mattermost/types/channels";
import { queryOptions } from "@tanstack/react-query";
import { chat } from "./client";
import { keys } from "./keys";

/** The teams one is in, by name. */
export const teamsQuery = queryOptions({
  queryKey: keys.teams,
  queryFn: async () => {
    const teams = await chat.getMyTeams();
    return teams.sort((a, b) => a.display_name.localeCompare(b.display_name));
  },
});

const lastPosts = new Map<string, number>();

/** When the last post was made that the newest answer about a channel has in its counts, or 0. */
export function countedUpTo(channel: string): number {
  return lastPosts.get(channel) ?? 0;
}

/** The channels one is in, with all direct and group channels, by id. */
export const channelsQuery = (team: string) =>
  queryOptions({
    queryKey: keys.channels(team),
    queryFn: async (): Promise<ReadonlyMap<string, ServerChannel>> => {
      const channels = await chat.getMyChannels(team);
      for (const { id, last_post_at } of channels) lastPosts.set(id, last_post_at);
      return new Map(channels.map((channel) => [channel.id, channel]));
    },
    structuralSharing: false,
  });

/** One's memberships in these channels, by channel. */
export const membershipsQuery = (team: string) =>
  queryOptions({
    queryKey: keys.memberships(team),
    queryFn: async (): Promise<ReadonlyMap<string, ChannelMembership>> => {
      const memberships = await chat.getMyChannelMembers(team);
      return new Map(memberships.map((membership) => [membership.channel_id, membership]));
    },
    structuralSharing: false,
  });

/** One's own membership of a team, with the roles there. */
export const teamMembershipQuery = (team: string, me: string) =>
  queryOptions({ queryKey: keys.teamMembership(team), queryFn: () => chat.getTeamMember(team, me) });

/** What waits to be read in each team. */
export const teamUnreadsQuery = queryOptions({
  queryKey: keys.teamUnreads,
  queryFn: async () => {
    const unreads = await chat.getMyTeamUnreads();
    return new Map(unreads.map((unread) => [unread.team_id, unread]));
  },
  structuralSharing: false,
});
