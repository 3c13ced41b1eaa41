import { useEmojiSigns } from "./signs";

/** One emoji, by its name; until the set is there, and for names it lacks, what was written. */
export function EmojiSign({ name, written = `:${name}:` }: { name: string; written?: string }) {
  const sign = useEmojiSigns()?.get(name);
  if (sign === undefined) return written;
  return (
    <span role="img" aria-label={name.replaceAll("_", " ")} title={`:${name}:`}>
      {sign}
    </span>
  );
}
