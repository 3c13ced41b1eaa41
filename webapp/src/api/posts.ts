import type { Post } from "@mattermost/types/posts";
import { queryOptions } from "@tanstack/react-query";
import { cache, changeKnown } from "./cache";
import { isMember } from "./channels";
import { chat } from "./client";
import { keys } from "./keys";
import {
  inOrder,
  type PostWindow,
  windowOf,
  withChanges,
  withNewer,
  withOlder,
  withoutOldest,
} from "./postWindow";

const PAGE = 60;
/** Who scrolls far back goes on: fewer and larger pages. */
const FAR_PAGE = 200;

/** A channel's posts around the first unread one; live events and `loadOlder`, `loadNewer` make it grow. */
export const postsQuery = (channel: string) =>
  queryOptions({
    queryKey: keys.posts(channel),
    queryFn: async (): Promise<PostWindow> =>
      // Administrators look into channels that they are not in: nothing is unread there.
      windowOf(
        isMember(channel)
          ? await chat.getPostsUnread(channel, "me", PAGE, PAGE)
          : await chat.getPosts(channel, 0, PAGE),
      ),
    structuralSharing: false,
    meta: { catchUp: () => catchUp(channel) },
  });

/** A thread: its first post and the replies. */
export const threadQuery = (root: string) =>
  queryOptions({
    queryKey: keys.thread(root),
    queryFn: async (): Promise<PostWindow> => {
      const window = windowOf(await chat.getPostThread(root));
      const posts = window.posts.toSorted((a, b) => a.create_at - b.create_at);
      return { ...window, posts, hasOlder: false, hasNewer: false };
    },
    structuralSharing: false,
  });

/** One post, wherever it is. */
export const postQuery = (id: string) =>
  queryOptions({ queryKey: keys.post(id), queryFn: () => chat.getPost(id), enabled: id !== "" });

export const pinnedQuery = (channel: string) =>
  queryOptions({
    queryKey: keys.pinned(channel),
    queryFn: async () => inOrder(await chat.getPinnedPosts(channel)).reverse(),
  });

const MOST_CHANGES = 1_000;
/** Clocks of servers differ a little, so a post may bear an earlier time than one that was seen before it. */
const LOOKS_BACK_MS = 10_000;

/** Bring the posts of a channel that are loaded up to date. What cannot be asked now is asked after the next gap. */
export async function catchUp(channel: string): Promise<void> {
  const window = cache.getQueryData<PostWindow>(keys.posts(channel));
  const since = Math.max(1, (window?.completeTo ?? 0) - LOOKS_BACK_MS);
  const changes = await chat.getPostsSince(channel, since).catch(() => null);
  if (changes === null) return;
  if (changes.order.length >= MOST_CHANGES) await cache.resetQueries({ queryKey: keys.posts(channel) });
  else changePosts(channel, (now) => withChanges(now, changes));
}

export function changePosts(channel: string, change: (window: PostWindow) => PostWindow): void {
  changeKnown<PostWindow>({ queryKey: keys.posts(channel) }, change);
}

export function changeThread(root: string, change: (window: PostWindow) => PostWindow): void {
  changeKnown<PostWindow>({ queryKey: keys.thread(root) }, change);
}

const KEPT_UNSEEN = 300;

/** A channel that is not shown keeps its newest posts only: what was scrolled through, or said meanwhile, is let go. */
export function forgetOldest(channel: string): void {
  changePosts(channel, (window) => withoutOldest(window, KEPT_UNSEEN));
}

/** A post that is loaded somewhere, or undefined. */
export function loadedPost(channel: string, id: string): Post | undefined {
  const window = cache.getQueryData<PostWindow>(keys.posts(channel));
  return window?.posts.findLast((post) => post.id === id);
}

/** Load what was said before the first post that is shown; others may have done so since. */
export async function loadOlder(channel: string, first: string): Promise<void> {
  const window = cache.getQueryData<PostWindow>(keys.posts(channel));
  if (!window?.hasOlder || window.posts[0]?.id !== first) return;
  const size = window.posts.length > FAR_PAGE ? FAR_PAGE : PAGE;
  const list = await chat.getPostsBefore(channel, first, 0, size);
  changePosts(channel, (now) => (now.posts[0]?.id === first ? withOlder(now, list) : now));
}

/** Load what was said after the last post that is shown. */
export async function loadNewer(channel: string, last: string): Promise<void> {
  const window = cache.getQueryData<PostWindow>(keys.posts(channel));
  if (!window?.hasNewer || window.posts.at(-1)?.id !== last) return;
  const list = await chat.getPostsAfter(channel, last, 0, PAGE);
  changePosts(channel, (now) => (now.hasNewer ? withNewer(now, list) : now));
  // Whatever was said while the last stretch was on its way is in neither.
  if (list.next_post_id === "") void catchUp(channel);
}

/** Show the end of a channel, in place of the stretch that is shown. */
export async function loadLatest(channel: string): Promise<void> {
  cache.setQueryData(keys.posts(channel), windowOf(await chat.getPosts(channel, 0, PAGE)));
  void catchUp(channel);
}

/** Show the posts around one, in place of the stretch that is shown; nothing to do if it is among them. */
export async function loadAround(post: Post): Promise<void> {
  const channel = post.channel_id;
  if (loadedPost(channel, post.id)) return;
  const [before, after] = await Promise.all([
    chat.getPostsBefore(channel, post.id, 0, PAGE / 2),
    chat.getPostsAfter(channel, post.id, 0, PAGE / 2),
  ]);
  const around = windowOf(before);
  cache.setQueryData(keys.posts(channel), {
    ...around,
    posts: [...around.posts, post, ...inOrder(after)],
    hasNewer: after.next_post_id !== "",
  });
}
