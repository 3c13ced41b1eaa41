import type { Post } from "@mattermost/types/posts";

/** Posts of one author within this time stand together under one name. */
const TOGETHER_MS = 5 * 60_000;

/** What the chat itself says: joins, renamings. Ephemeral answers and /me are people's or bots'. */
export function isSystem(post: Pick<Post, "type">): boolean {
  return post.type.startsWith("system_") && !isEphemeral(post) && !isMe(post);
}

/** Shown to one person only, and not kept. */
export function isEphemeral(post: Pick<Post, "type">): boolean {
  return post.type === "system_ephemeral";
}

/** What "/me" makes: somebody does something. */
export function isMe(post: Pick<Post, "type">): boolean {
  return `${post.type}` === "system_me";
}

/** Whether a post needs no name of its own, as it goes on from the one before on the same day. */
export function goesOn(post: Post, before: Post | undefined): boolean {
  return (
    before !== undefined &&
    before.user_id === post.user_id &&
    before.type === post.type &&
    before.root_id === post.root_id &&
    before.props.override_username === post.props.override_username &&
    post.create_at - before.create_at < TOGETHER_MS
  );
}

const NONE: Readonly<Record<string, unknown>> = {};

/** The public channels that a post names, by name. */
export function namedIn(post: Pick<Post, "props">): Readonly<Record<string, unknown>> {
  const named = post.props.channel_mentions;
  return typeof named === "object" && named !== null ? (named as Record<string, unknown>) : NONE;
}

/** A text that an integration put into a post's props, or "". */
export function propText(post: Pick<Post, "props">, name: string): string {
  const value = post.props[name];
  return typeof value === "string" ? value : "";
}
