import type { Channel } from "@mattermost/types/channels";
import type { Team } from "@mattermost/types/teams";
import type { UserProfile } from "@mattermost/types/users";
import { cache, keys } from "@/api";
import { type ChannelPlace, type Me, placeStore, type TeamPlace } from "@/host";
import type { Plugged } from "../app";
import type { HostState } from "../surroundings";

/** Keep who and where as Mattermost has it. On a page of ours no channel is shown. Gives what ends it. */
export function followPlace({ store, slots }: Plugged): () => void {
  let seen: readonly unknown[] = [];
  const follow = () => {
    const { user, team, channel } = placeIn(store.getState());
    const shown = slots.read().elements.page ? undefined : channel;
    const now = [user, team, shown];
    if (now.every((part, at) => part === seen[at]) && seen.length > 0) return;
    seen = now;
    if (user) cache.setQueryData(keys.me, user);
    placeStore.setState({ me: asMe(user), team: asTeam(team), channel: asChannel(shown) });
  };
  const ends = [store.subscribe(follow), slots.subscribe(follow)];
  follow();
  return () => {
    for (const end of ends) end();
    placeStore.setState({ me: null, team: null, channel: null });
  };
}

function placeIn({ entities: { users, teams, channels } }: HostState) {
  return {
    user: users.profiles[users.currentUserId],
    team: teams.teams[teams.currentTeamId],
    channel: channels.channels[channels.currentChannelId],
  };
}

function asMe(user: UserProfile | undefined): Me | null {
  if (!user) return null;
  return { id: user.id, username: user.username, isAdmin: user.roles.split(" ").includes("system_admin") };
}

function asTeam(team: Team | undefined): TeamPlace | null {
  return team ? { id: team.id, name: team.name, displayName: team.display_name } : null;
}

function asChannel(channel: Channel | undefined): ChannelPlace | null {
  if (!channel || !isKnownType(channel.type)) return null;
  return { id: channel.id, name: channel.name, displayName: channel.display_name, type: channel.type };
}

const isKnownType = (type: string): type is ChannelPlace["type"] => ["O", "P", "D", "G"].includes(type);
