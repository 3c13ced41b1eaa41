import type { UserProfile } from "@mattermost/types/users";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { chat, nameOf, pictureOf, remember } from "@/api";
import { useTeam } from "@/host";
import { foundEmojis, useEmojis } from "../emoji/emoji";
import type { Word } from "./wordAt";

export interface Suggestion {
  id: string;
  /** What takes the place of what was typed. */
  insert: string;
  title: string;
  hint: string;
  picture?: string;
  sign?: string;
}

const MOST = 8;
const EVERYONE = ["channel", "here", "all"] as const;

/** What could be meant by the word at the cursor; undefined while it is not known. */
export function useSuggestions(word: Word | null, channelId: string, rootId: string): readonly Suggestion[] {
  const team = useTeam();
  const emojis = useEmojis(word?.kind === "emoji");
  const { data, isPlaceholderData } = useQuery({
    queryKey: ["suggestions", word?.kind, word?.term, channelId],
    queryFn: () => ask(word, team.id, channelId, rootId),
    enabled: word !== null && word.kind !== "emoji",
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
  if (!word) return [];
  if (word.kind !== "emoji") {
    // What was found for less of the word stays until the answer is there, but for what can't be meant any more.
    const term = word.term.toLowerCase();
    return (data ?? []).filter((one) => !isPlaceholderData || one.insert.toLowerCase().includes(term));
  }
  return (emojis ? foundEmojis(emojis, word.term, MOST) : []).map((emoji) => ({
    id: emoji.name,
    insert: `:${emoji.name}:`,
    title: `:${emoji.name}:`,
    hint: emoji.label,
    sign: emoji.unicode,
  }));
}

async function ask(word: Word | null, team: string, channel: string, root: string): Promise<Suggestion[]> {
  switch (word?.kind) {
    case "user": {
      const found = await chat.autocompleteUsers(word.term, team, channel, { limit: MOST });
      const users = [...found.users, ...(found.out_of_channel ?? [])];
      remember(...users);
      const all = EVERYONE.filter((name) => word.term !== "" && name.startsWith(word.term));
      return [...users.slice(0, MOST).map(person), ...all.map((name) => everyone(name))];
    }
    case "channel": {
      const found = await chat.autocompleteChannels(team, word.term);
      return found.slice(0, MOST).map((one) => ({
        id: one.id,
        insert: `~${one.name}`,
        title: one.display_name,
        hint: `~${one.name}`,
      }));
    }
    case "command": {
      const where = { channel_id: channel, team_id: team, root_id: root };
      const found = await chat.getCommandAutocompleteSuggestionsList(word.term, team, where);
      return found.slice(0, MOST * 2).map((one) => ({
        id: one.Complete,
        insert: `/${one.Complete.replace(/^\//, "")}`,
        title: [one.Suggestion, one.Hint].filter(Boolean).join(" "),
        hint: one.Description,
      }));
    }
    default:
      return [];
  }
}

function person(user: UserProfile): Suggestion {
  return {
    id: user.id,
    insert: `@${user.username}`,
    title: `@${user.username}`,
    hint: nameOf(user) === user.username ? "" : nameOf(user),
    picture: pictureOf(user),
  };
}

function everyone(name: string): Suggestion {
  return { id: name, insert: `@${name}`, title: `@${name}`, hint: "" };
}
