import type { ArchiveText } from "./text";

/** What an archive turned out to be, as the server names it; others are told as the worst. */
const STANDINGS: Readonly<Record<string, { text: keyof ArchiveText; tone: "success" | "warning" }>> = {
  intact: { text: "standing_intact", tone: "success" },
  "unknown signer": { text: "standing_unknown_signer", tone: "warning" },
  unsigned: { text: "standing_unsigned", tone: "warning" },
};

const WORST = { text: "standing_unsigned", tone: "warning" } as const;

export function standingOf(named: string) {
  return STANDINGS[named] ?? WORST;
}
