import type { PhrasingContent, Root } from "mdast";
import { findAndReplace } from "mdast-util-find-and-replace";

type Kind = "mention" | "channel" | "emoji" | "hashtag";

const MENTION = /(?<![\w@])@([a-z](?:[a-z0-9._-]*[a-z0-9])?)/gi;
const CHANNEL = /(?<![\w~])~([a-z0-9][a-z0-9_-]*)/gi;
const EMOJI = /:([a-z0-9_+-]+):/gi;
const HASHTAG = /(?<![\w#&/])#([\p{L}][\p{L}\p{N}_.-]*[\p{L}\p{N}])/gu;

/** In a tree of Markdown @people, ~channels, :emoji: and #tags become marks that Markdown's surroundings draw. */
export function mark(tree: Root): void {
  findAndReplace(
    tree,
    [
      [MENTION, (written: string, name: string) => marked("mention", name, written)],
      [CHANNEL, (written: string, name: string) => marked("channel", name, written)],
      [EMOJI, (written: string, name: string) => marked("emoji", name, written)],
      [HASHTAG, (written: string, name: string) => marked("hashtag", name, written)],
    ],
    { ignore: ["link", "linkReference"] },
  );
}

/** A mark is emphasis by name only: text beside text would be joined with it. */
function marked(kind: Kind, name: string, written: string): PhrasingContent {
  return {
    type: "emphasis",
    children: [{ type: "text", value: written }],
    data: {
      hName: "span",
      hProperties: { dataMark: kind, dataName: name.toLowerCase(), dataWritten: written },
    },
  };
}
