import { createContext, use, useMemo } from "react";
import { useIsInNamed, useUserNamed } from "@/api";
import { Link, navigate, openPanel, paths, placeStore, type TeamPlace } from "@/host";
import type { MarkdownSurroundings } from "@/ui";
import { EmojiSign } from "./emoji/EmojiSign";
import styles from "./markdown.module.css";

/** How people and channels look in what is written, and where they lead. */
export function useMarkdownSurroundings(): MarkdownSurroundings {
  return useMemo(
    () => ({
      mention: (username, written) => <Mention username={username} written={written} />,
      channel: (name, written) => <ChannelMention name={name} written={written} />,
      emoji: (name, written) => <EmojiSign name={name} written={written} />,
      hashtag: (tag) => <Hashtag tag={tag} />,
      follow: navigate,
    }),
    [],
  );
}

function Hashtag({ tag }: { tag: string }) {
  return (
    <button type="button" className={styles.tag} onClick={() => openPanel("search", { terms: tag })}>
      {tag}
    </button>
  );
}

const EVERYONE = new Set(["all", "channel", "here"]);

function Mention({ username, written }: { username: string; written: string }) {
  if (EVERYONE.has(username)) return <strong className={styles.me}>{written}</strong>;
  return <PersonMention username={username} written={written} />;
}

function PersonMention({ username, written }: { username: string; written: string }) {
  const user = useUserNamed(username);
  const team = placeStore((place) => place.team?.name);
  const isMe = placeStore((place) => place.me?.username === username);
  if (!user || team === undefined) return written;
  return (
    <Link href={paths.message(team, username)} className={isMe ? styles.me : undefined}>
      {written}
    </Link>
  );
}

/** The public channels that a post names, as the server found them when it was written. */
export const NamedChannels = createContext<Readonly<Record<string, unknown>>>({});

function ChannelMention({ name, written }: { name: string; written: string }) {
  const team = placeStore((place) => place.team);
  return team ? <LinkIfThere team={team} name={name} written={written} /> : written;
}

/** "~12%" names no channel: only those that exist are links. */
function LinkIfThere({ team, name, written }: { team: TeamPlace; name: string; written: string }) {
  const named = use(NamedChannels);
  const isMine = useIsInNamed(team.id, name);
  return isMine || name in named ? <Link href={paths.channel(team.name, name)}>{written}</Link> : written;
}
