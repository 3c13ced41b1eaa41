import { useEmojis } from "./emoji";

/** One emoji, by its name; until the set is there, and for names it lacks, what was written. */
export function EmojiSign({ name, written = `:${name}:` }: { name: string; written?: string }) {
  const emoji = useEmojis()?.byName.get(name);
  if (!emoji) return written;
  return (
    <span role="img" aria-label={emoji.label} title={`:${name}:`}>
      {emoji.unicode}
    </span>
  );
}
