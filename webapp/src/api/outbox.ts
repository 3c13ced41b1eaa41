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

const underway = new Set<string>();

export async function deliver(pending: Pending): Promise<void> {
  if (underway.has(pending.id)) return;
  underway.add(pending.id);
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
  } finally {
    underway.delete(pending.id);
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

const AGAIN_MS = 10_000;

/** Try again what got no answer: now and then, when the network is back, and after a reload. Gives what ends it. */
export function keepDelivering(me: string): () => void {
  const again = () => deliverAgain(me);
  const timer = setInterval(again, AGAIN_MS);
  window.addEventListener("online", again);
  again();
  return () => {
    clearInterval(timer);
    window.removeEventListener("online", again);
  };
}

/** Only one's own: others may have signed in with this browser. */
export function deliverAgain(me: string): void {
  for (const post of outboxStore.getState().posts) {
    if (post.reason === undefined && post.id.startsWith(`${me}:`)) void deliver(post);
  }
}

function change(id: string, to: Partial<Pending>): void {
  outboxStore.setState(({ posts }) => ({
    posts: posts.map((post) => (post.id === id ? { ...post, ...to } : post)),
  }));
}
