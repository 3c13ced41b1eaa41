import type { FileInfo } from "@mattermost/types/files";
import type { Post } from "@mattermost/types/posts";
import { create } from "zustand";
import { createJSONStorage, persist } from "zustand/middleware";
import { chat, statusOf } from "./client";
import { changePosts, changeThread } from "./posts";
import { withPosted } from "./postWindow";

/** A post on its way. It is kept until the server has it, over reloads too. */
export interface Pending {
  /** Known to the server as pending_post_id: sent twice, it becomes one post. */
  id: string;
  channelId: string;
  rootId: string;
  message: string;
  files: readonly FileInfo[];
  createdAt: number;
  state: "sending" | "failed";
  /** Why the server refused it; without it there was no answer, and it is tried again when there is. */
  reason?: string;
}

export const outboxStore = create<{ posts: readonly Pending[] }>()(
  persist((): { posts: readonly Pending[] } => ({ posts: [] }), {
    name: "outbox",
    storage: createJSONStorage(() => localStorage),
  }),
);

/** Put a post on its way: it is shown at once, and sent. */
export async function sendPost(
  post: Pick<Pending, "channelId" | "rootId" | "message" | "files">,
  me: string,
) {
  const createdAt = Date.now();
  const pending: Pending = { ...post, id: `${me}:${createdAt}`, createdAt, state: "sending" };
  outboxStore.setState(({ posts }) => ({ posts: [...posts, pending] }));
  await deliver(pending);
}

export async function deliver(pending: Pending): Promise<void> {
  change(pending.id, { state: "sending", reason: undefined });
  try {
    const sent = await chat.createPost({
      channel_id: pending.channelId,
      root_id: pending.rootId,
      message: pending.message,
      file_ids: pending.files.map((file) => file.id),
      pending_post_id: pending.id,
    });
    arrived(sent);
  } catch (error) {
    const reason = statusOf(error) > 0 && error instanceof Error ? error.message : undefined;
    change(pending.id, { state: "failed", reason });
  }
}

/** A post of the server's: it takes the place of the one on its way. */
export function arrived(post: Post): void {
  changePosts(post.channel_id, (window) => (window.hasNewer ? window : withPosted(window, post)));
  if (post.root_id) changeThread(post.root_id, (window) => withPosted(window, post));
  discard(post.pending_post_id);
}

export function discard(id: string): void {
  if (!outboxStore.getState().posts.some((post) => post.id === id)) return;
  outboxStore.setState(({ posts }) => ({ posts: posts.filter((post) => post.id !== id) }));
}

/** Try again what got no answer: when the connection is back, and after a reload. */
export function deliverAgain(): void {
  for (const post of outboxStore.getState().posts) {
    if (post.reason === undefined) void deliver(post);
  }
}

function change(id: string, to: Partial<Pending>): void {
  outboxStore.setState(({ posts }) => ({
    posts: posts.map((post) => (post.id === id ? { ...post, ...to } : post)),
  }));
}
