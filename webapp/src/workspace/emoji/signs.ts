import { useQuery } from "@tanstack/react-query";

/** From name to sign. It is fetched when the first emoji is met; labels and keywords come with the picker only. */
async function load(): Promise<ReadonlyMap<string, string>> {
  const { default: lines } = await import("virtual:emoji/names");
  const signs = new Map<string, string>();
  for (const line of lines.split("\n")) {
    const names = line.split(" ");
    const sign = names.pop() ?? "";
    for (const name of names) signs.set(name, sign);
  }
  return signs;
}

export function useEmojiSigns(): ReadonlyMap<string, string> | undefined {
  return useQuery({ queryKey: ["emojiSigns"], queryFn: load, structuralSharing: false }).data;
}
