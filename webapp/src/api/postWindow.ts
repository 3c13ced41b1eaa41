import type { Post, PostList } from "@mattermost/types/posts";

/** An unbroken stretch of a channel's posts, oldest first: what the list shows, and grows at both ends. */
export interface PostWindow {
  posts: readonly Post[];
  hasOlder: boolean;
  hasNewer: boolean;
  /** Another number for each stretch that was fetched in place of another. */
  stretch: number;
  /** All that changed up to then is in it. Of what came live since, something may have been lost on the way. */
  completeTo: number;
}

let stretches = 0;

/** The posts of an answer, oldest first. */
export function inOrder(list: PostList): Post[] {
  return list.order
    .map((id) => list.posts[id])
    .filter((post) => post !== undefined)
    .reverse();
}

export function windowOf(list: PostList): PostWindow {
  return {
    posts: inOrder(list),
    hasOlder: list.prev_post_id !== "",
    hasNewer: list.next_post_id !== "",
    stretch: ++stretches,
    completeTo: lastChange(list),
  };
}

function lastChange(list: PostList): number {
  return Object.values(list.posts).reduce((last, post) => Math.max(last, post.update_at), 0);
}

export function withOlder(window: PostWindow, list: PostList): PostWindow {
  const known = new Set(window.posts.slice(0, list.order.length + 1).map((post) => post.id));
  const older = inOrder(list).filter((post) => !known.has(post.id));
  return { ...window, posts: [...older, ...window.posts], hasOlder: list.prev_post_id !== "" };
}

export function withNewer(window: PostWindow, list: PostList): PostWindow {
  return inOrder(list).reduce(withPosted, { ...window, hasNewer: list.next_post_id !== "" });
}

/** Only its newest posts, where so many were loaded that they are a burden; older ones come when they are asked for. */
export function withoutOldest(window: PostWindow, kept: number): PostWindow {
  if (window.hasNewer || window.posts.length <= kept) return window;
  return { ...window, posts: window.posts.slice(-kept), hasOlder: true };
}

/** With a new post, unless it is there already (its event and its answer come in any order). */
export function withPosted(window: PostWindow, post: Post): PostWindow {
  if (isThere(window, post)) return withPost(window, post);
  const posts = [...window.posts];
  let place = posts.length;
  while (place > 0 && (posts[place - 1]?.create_at ?? 0) > post.create_at) place -= 1;
  posts.splice(place, 0, post);
  return { ...window, posts };
}

/** With a post's new state, if the post is in the window. */
export function withPost(window: PostWindow, post: Post): PostWindow {
  const at = indexOf(window, post.id);
  const before = window.posts[at];
  if (before === undefined) return window;
  // Events carry posts without what only lists have.
  const metadata = { ...before.metadata, ...post.metadata };
  return { ...window, posts: window.posts.with(at, { ...post, metadata }) };
}

/** Without a post and the replies to it. */
export function withoutPost(window: PostWindow, id: string): PostWindow {
  const posts = window.posts.filter((post) => post.id !== id && post.root_id !== id);
  return posts.length === window.posts.length ? window : { ...window, posts };
}

/** With some posts changed in place: a reaction, a pin, one more reply. */
export function withChanged(window: PostWindow, id: string, change: (post: Post) => Post): PostWindow {
  const at = indexOf(window, id);
  const before = window.posts[at];
  return before === undefined ? window : { ...window, posts: window.posts.with(at, change(before)) };
}

/** With all that changed since it was complete: posts that are new to it, edits, and deletions as tombstones. */
export function withChanges(window: PostWindow, changes: PostList): PostWindow {
  const from = window.hasOlder ? (window.posts[0]?.create_at ?? 0) : 0;
  const to = window.hasNewer ? (window.posts.at(-1)?.create_at ?? 0) : Number.POSITIVE_INFINITY;
  const whole = { ...window, completeTo: Math.max(window.completeTo, lastChange(changes)) };
  return inOrder(changes).reduce((grown, post) => {
    if (post.delete_at > 0) return withoutPost(grown, post.id);
    if (indexOf(grown, post.id) >= 0) return withPost(grown, post);
    return from <= post.create_at && post.create_at <= to ? withPosted(grown, post) : grown;
  }, whole);
}

/** So far apart the clocks of two servers may be that gave posts their times. */
const CLOCKS_DIFFER_MS = 60_000;

/** Whether a post is in the window. Most are new: only those of about the same time are looked at. */
function isThere({ posts }: PostWindow, { id, create_at }: Post): boolean {
  for (let at = posts.length - 1; at >= 0; at -= 1) {
    const post = posts[at];
    if (post?.id === id) return true;
    if (post && post.create_at < create_at - CLOCKS_DIFFER_MS) return false;
  }
  return false;
}

/** The place of a post; what changes is mostly near the end. */
function indexOf(window: PostWindow, id: string): number {
  return window.posts.findLastIndex((post) => post.id === id);
}
