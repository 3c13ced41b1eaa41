export type WordKind = "user" | "channel" | "emoji" | "command";

export interface Word {
  kind: WordKind;
  /** What was typed after the sign; of a command the whole text. */
  term: string;
  /** Where the word begins, its sign included. */
  start: number;
  end: number;
}

const SIGNS: Record<string, WordKind> = { "@": "user", "~": "channel", ":": "emoji" };
const SHORTEST_EMOJI = 2;

/** The word before the cursor that could be completed, if there is one. */
export function wordAt(text: string, cursor: number): Word | null {
  const before = text.slice(0, cursor);
  if (before.startsWith("/") && !before.includes("\n")) {
    return { kind: "command", term: before, start: 0, end: cursor };
  }
  const found = /(?:^|[\s(])([@~:])([^\s@~:]*)$/.exec(before);
  const [, sign = "", term = ""] = found ?? [];
  const kind = SIGNS[sign];
  if (kind === undefined || (kind === "emoji" && term.length < SHORTEST_EMOJI)) return null;
  return { kind, term, start: cursor - term.length - 1, end: cursor };
}

/** The text with a word in place of what was typed, and where the cursor stands then. */
export function completed(text: string, word: Word, by: string): { text: string; cursor: number } {
  const rest = text.slice(word.end);
  const gap = rest.startsWith(" ") ? "" : " ";
  return { text: text.slice(0, word.start) + by + gap + rest, cursor: word.start + by.length + 1 };
}
