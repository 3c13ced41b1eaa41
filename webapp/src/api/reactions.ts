import type { Post } from "@mattermost/types/posts";
import type { Reaction } from "@mattermost/types/reactions";

/** A post with one more reaction; the same one twice counts once. */
export function withReaction(post: Post, reaction: Reaction): Post {
  const others = (post.metadata?.reactions ?? []).filter((one) => !isSame(one, reaction));
  return { ...post, metadata: { ...post.metadata, reactions: [...others, reaction] } };
}

export function withoutReaction(post: Post, reaction: Pick<Reaction, "user_id" | "emoji_name">): Post {
  const reactions = (post.metadata?.reactions ?? []).filter((one) => !isSame(one, reaction));
  return { ...post, metadata: { ...post.metadata, reactions } };
}

function isSame(a: Pick<Reaction, "user_id" | "emoji_name">, b: typeof a): boolean {
  return a.user_id === b.user_id && a.emoji_name === b.emoji_name;
}

/** Each emoji once, in the order in which it was first used, with who used it. */
export function byEmoji(reactions: readonly Reaction[]): { emoji: string; users: string[] }[] {
  const found = new Map<string, string[]>();
  for (const reaction of reactions) {
    found.set(reaction.emoji_name, [...(found.get(reaction.emoji_name) ?? []), reaction.user_id]);
  }
  return [...found].map(([emoji, users]) => ({ emoji, users }));
}
