import type { Post } from "@mattermost/types/posts";
import { queryOptions } from "@tanstack/react-query";
import { cache } from "./cache";
import { chat } from "./client";
import { keys } from "./keys";
import { type PostWindow, windowOf, withNewer, withOlder, withPosted } from "./postWindow";

const PAGE = 60;

/** A channel's posts around the first unread one; live events and `loadOlder`, `loadNewer` make it grow. */
export const postsQuery = (channel: string) =>
  queryOptions({
    queryKey: keys.posts(channel),
    queryFn: async (): Promise<PostWindow> => windowOf(await chat.getPostsUnread(channel, "me", PAGE, PAGE)),
    structuralSharing: false,
  });

export function changePosts(channel: string, change: (window: PostWindow) => PostWindow): void {
  cache.setQueryData<PostWindow>(keys.posts(channel), (window) => window && change(window));
}

export async function loadOlder(channel: string): Promise<void> {
  const window = cache.getQueryData<PostWindow>(keys.posts(channel));
  const first = window?.posts[0];
  if (!window?.hasOlder || !first) return;
  const list = await chat.getPostsBefore(channel, first.id, 0, PAGE);
  changePosts(channel, (now) => (now.posts[0]?.id === first.id ? withOlder(now, list) : now));
}

export async function loadNewer(channel: string): Promise<void> {
  const window = cache.getQueryData<PostWindow>(keys.posts(channel));
  const last = window?.posts.at(-1);
  if (!window?.hasNewer || !last) return;
  const list = await chat.getPostsAfter(channel, last.id, 0, PAGE);
  changePosts(channel, (now) => (now.hasNewer ? withNewer(now, list) : now));
}

/** Send a post. The server gives the same post for the same pending id, so that it may be sent again. */
export async function send(post: Pick<Post, "channel_id" | "message"> & Partial<Post>): Promise<Post> {
  const sent = await chat.createPost(post);
  changePosts(sent.channel_id, (window) => (window.hasNewer ? window : withPosted(window, sent)));
  return sent;
}
