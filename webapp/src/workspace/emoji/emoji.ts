import { useQuery } from "@tanstack/react-query";

export interface Emoji {
  name: string;
  unicode: string;
  label: string;
  /** Emojibase's group: 0 smileys, 1 people, 3 animals, 4 food, 5 travel, 6 activities, 7 objects, 8 symbols, 9 flags. */
  group: number;
  words: string;
}

export interface EmojiSet {
  all: readonly Emoji[];
  byName: ReadonlyMap<string, Emoji>;
}

interface Compact {
  hexcode: string;
  label: string;
  unicode: string;
  group?: number;
  order?: number;
  tags?: string[];
}

/** The whole set is large: it is fetched when somebody looks for one. */
async function load(): Promise<EmojiSet> {
  const [{ default: compact }, { default: codes }] = await Promise.all([
    import("emojibase-data/en/compact.json"),
    import("emojibase-data/en/shortcodes/iamcal.json"),
  ]);
  const names: Record<string, string | string[] | undefined> = codes;
  const byName = new Map<string, Emoji>();
  const all: Emoji[] = [];
  const ordered = (compact as Compact[]).filter((one) => one.group !== undefined && one.group !== 2);
  ordered.sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  for (const { hexcode, label, unicode, group = 8, tags = [] } of ordered) {
    const shortcodes = [names[hexcode] ?? []].flat();
    const [name] = shortcodes;
    if (name === undefined) continue;
    const emoji = {
      name,
      unicode,
      label,
      group,
      words: [...shortcodes, label, ...tags].join(" ").toLowerCase(),
    };
    all.push(emoji);
    for (const code of shortcodes) byName.set(code, emoji);
  }
  return { all, byName };
}

export function useEmojis(isWanted = true): EmojiSet | undefined {
  return useQuery({ queryKey: ["emojis"], queryFn: load, enabled: isWanted, structuralSharing: false }).data;
}

/** Those whose name begins with what was typed come first, then those it occurs in. */
export function foundEmojis(set: EmojiSet, typed: string, most: number): Emoji[] {
  const term = typed.toLowerCase();
  const first: Emoji[] = [];
  const then: Emoji[] = [];
  for (const emoji of set.all) {
    if (emoji.name.startsWith(term)) first.push(emoji);
    else if (emoji.words.includes(term)) then.push(emoji);
  }
  return [...first, ...then].slice(0, most);
}
