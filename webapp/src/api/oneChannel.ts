import type { ServerChannel } from "@mattermost/types/channels";
import { useQuery } from "@tanstack/react-query";
import { channelsQuery, membershipsQuery } from "./teams";

/** What each post changes in a channel: whoever shows what it is called need not be drawn again for that. */
const UNCOUNTED = { last_post_at: 0, last_root_post_at: 0, total_msg_count: 0, total_msg_count_root: 0 };

/** A channel that one is in, without its counts; undefined while not known, null if one is in no such channel. */
export function useMyChannel(team: string, id: string): ServerChannel | null | undefined {
  return useOne(team, (channels) => channels.get(id));
}

/** The same by its name in an address, which may be its id. */
export function useMyChannelNamed(team: string, name: string): ServerChannel | null | undefined {
  return useOne(team, (channels) => channels.get(name) ?? named(channels).get(name));
}

/** Whether one is in a channel of that name; undefined while not known. */
export function useIsInNamed(team: string, name: string): boolean | undefined {
  return useQuery({ ...channelsQuery(team), select: (channels) => named(channels).has(name) }).data;
}

/** Whether one is in a channel; undefined while not known. */
export function useIsIn(team: string, id: string): boolean | undefined {
  return useQuery({ ...channelsQuery(team), select: (channels) => channels.has(id) }).data;
}

/** One's roles in a channel; "" where one is not in it, undefined while not known. */
export function useMyRoles(team: string, id: string): string | undefined {
  return useQuery({ ...membershipsQuery(team), select: (all) => all.get(id)?.roles ?? "" }).data;
}

type Channels = ReadonlyMap<string, ServerChannel>;

function useOne(
  team: string,
  find: (channels: Channels) => ServerChannel | undefined,
): ServerChannel | null | undefined {
  return useQuery({
    ...channelsQuery(team),
    select: (channels) => {
      const found = find(channels);
      return found ? { ...found, ...UNCOUNTED } : null;
    },
    structuralSharing: true,
  }).data;
}

const byName = new WeakMap<Channels, Channels>();

/** The channels by their names: found once for all who ask, of whom each link in a post is one. */
function named(channels: Channels): Channels {
  const known = byName.get(channels);
  if (known) return known;
  const found = new Map([...channels.values()].map((channel) => [channel.name, channel]));
  byName.set(channels, found);
  return found;
}
