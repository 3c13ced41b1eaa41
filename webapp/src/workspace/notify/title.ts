import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { channelsQuery, isUnread, membershipsQuery } from "@/api";
import { useChannel, useTeam } from "@/host";

/**
 * The window's title: how many mentions wait (or a dot for unread posts), then where one is. It changes with posts
 * anywhere, so it is a component of its own: nothing else is drawn again for it.
 */
export function WindowTitle(): null {
  const team = useTeam();
  const here = useChannel();
  const { data: channels } = useQuery(channelsQuery(team.id));
  const { data: memberships } = useQuery(membershipsQuery(team.id));
  const all = [...(memberships?.values() ?? [])];
  const mentions = all.reduce((sum, membership) => sum + membership.mention_count, 0);
  const hasUnread = all.some((membership) => {
    const channel = channels?.get(membership.channel_id);
    return channel !== undefined && channel.id !== here?.id && isUnread(channel, membership);
  });
  const title = titleOf({ mentions, hasUnread, channel: here?.displayName ?? "", team: team.displayName });
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}

interface Shown {
  mentions: number;
  hasUnread: boolean;
  channel: string;
  team: string;
}

export function titleOf({ mentions, hasUnread, channel, team }: Shown): string {
  const mark = mentions > 0 ? `(${mentions}) ` : hasUnread ? "• " : "";
  return mark + [channel, team, "Command Post"].filter(Boolean).join(" – ");
}
