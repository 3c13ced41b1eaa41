import type { ServerChannel } from "@mattermost/types/channels";
import { nameOf, useMyChannel, useUser } from "@/api";
import { paths, useMe, useTeam } from "@/host";

export interface ShownChannel {
  id: string;
  /** How it is called here: for direct messages the other person. */
  name: string;
  purpose: string;
  isDirect: boolean;
}

export function useShownChannel(teamId: string, channelId: string): ShownChannel | undefined {
  const channel = useMyChannel(teamId, channelId) ?? undefined;
  const otherId = useOtherId(channel);
  const other = useUser(otherId);
  if (!channel) return undefined;
  return {
    id: channel.id,
    name: channel.type === "D" ? (other ? nameOf(other) : "…") : channel.display_name,
    purpose: channel.purpose,
    isDirect: channel.type === "D" || channel.type === "G",
  };
}

/** With whom a direct channel is; "" for other channels. */
export function useOtherId(channel: ServerChannel | undefined): string {
  const me = useMe();
  if (channel?.type !== "D") return "";
  return channel.name.split("__").find((id) => id !== me.id) ?? me.id;
}

/** Where a channel is; `username` is that of the other person in direct messages. */
export function useChannelPath(): (channel: ServerChannel, username: string) => string {
  const team = useTeam();
  return (channel, username) => {
    if (channel.type === "D") return paths.message(team.name, username);
    if (channel.type === "G") return paths.group(team.name, channel.name);
    return paths.channel(team.name, channel.name);
  };
}
