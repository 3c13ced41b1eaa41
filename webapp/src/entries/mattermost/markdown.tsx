import { Link, navigate, paths, placeStore } from "@/host";
import type { MarkdownSurroundings } from "@/ui";

/** How people and channels in what is written are shown, and where they lead: into Mattermost. */
export const markdown: MarkdownSurroundings = {
  mention: (username, written) => <Mention username={username} written={written} />,
  channel: (name, written) => <ChannelMention name={name} written={written} />,
  emoji: (_, written) => written,
  hashtag: (tag) => tag,
  follow: navigate,
};

const EVERYONE = new Set(["all", "channel", "here"]);

function Mention({ username, written }: { username: string; written: string }) {
  const team = placeStore((place) => place.team?.name);
  if (team === undefined || EVERYONE.has(username)) return <strong>{written}</strong>;
  return <Link href={paths.message(team, username)}>{written}</Link>;
}

function ChannelMention({ name, written }: { name: string; written: string }) {
  const team = placeStore((place) => place.team?.name);
  return team === undefined ? written : <Link href={paths.channel(team, name)}>{written}</Link>;
}
