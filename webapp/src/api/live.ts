import type { Post } from "@mattermost/types/posts";
import { type LiveEvent, onGap, onLive } from "@/host";
import { cache } from "./cache";
import { chat } from "./client";
import { keys } from "./keys";
import { changePosts } from "./posts";
import { type PostWindow, withChanges, withoutPost, withPost, withPosted } from "./postWindow";

/** What an event carries as JSON in a string. */
export function parsed<Value>(event: LiveEvent, field: string): Value | null {
  const text = event.data[field];
  return typeof text === "string" ? (JSON.parse(text) as Value) : null;
}

/** Let live events write to the cache from now on. Gives what ends it. */
export function keepCacheLive(): () => void {
  const ends = [
    onLive("posted", (event) => {
      const post = parsed<Post>(event, "post");
      if (post)
        changePosts(post.channel_id, (window) => (window.hasNewer ? window : withPosted(window, post)));
    }),
    onLive("ephemeral_message", (event) => {
      const post = parsed<Post>(event, "post");
      if (post) changePosts(post.channel_id, (window) => withPosted(window, post));
    }),
    onLive("post_edited", (event) => {
      const post = parsed<Post>(event, "post");
      if (post) changePosts(post.channel_id, (window) => withPost(window, post));
    }),
    onLive("post_deleted", (event) => {
      const post = parsed<Post>(event, "post");
      if (post) changePosts(post.channel_id, (window) => withoutPost(window, post.id));
    }),
    onGap(askAgain),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** After a gap: all that is shown is asked for again, posts by what changed since the last one. */
function askAgain(): void {
  void cache.invalidateQueries({ predicate: (query) => query.queryKey[0] !== keys.posts("")[0] });
  for (const query of cache.getQueryCache().findAll({ queryKey: ["posts"], type: "active" })) {
    void catchUp(String(query.queryKey[1]));
  }
  cache.removeQueries({ queryKey: ["posts"], type: "inactive" });
}

const MOST_CHANGES = 1_000;

async function catchUp(channel: string): Promise<void> {
  const window = cache.getQueryData<PostWindow>(keys.posts(channel));
  const since = Math.max(0, ...(window?.posts.slice(-50).map((post) => post.update_at) ?? []));
  const changes = await chat.getPostsSince(channel, since);
  if (changes.order.length >= MOST_CHANGES) await cache.resetQueries({ queryKey: keys.posts(channel) });
  else changePosts(channel, (now) => withChanges(now, changes));
}
