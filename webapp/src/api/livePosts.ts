import type { Post } from "@mattermost/types/posts";
import type { Reaction } from "@mattermost/types/reactions";
import { placeStore } from "@/host";
import { cache } from "./cache";
import { keys } from "./keys";
import { onParsed } from "./live";
import { arrived, deliverAgain, keepDelivering } from "./outbox";
import { changePost, dropPost } from "./postDeeds";
import { catchUp, changePosts, changeThread, forgetOldest } from "./posts";
import { type PostWindow, withChanged, withPost, withPosted } from "./postWindow";
import { withoutReaction, withReaction } from "./reactions";

const me = () => placeStore.getState().me?.id ?? "";

export function keepPostsLive(): (() => void)[] {
  return [
    keepDelivering(me()),
    onParsed<Post>("posted", "post", (post) => {
      arrived(post);
      if (post.root_id) countReplies(post, 1);
      if (!isShown(post.channel_id)) forgetOldest(post.channel_id);
    }),
    onParsed<Post>("ephemeral_message", "post", (post) => {
      changePosts(post.channel_id, (window) => withPosted(window, post));
      if (post.root_id) changeThread(post.root_id, (window) => withPosted(window, post));
    }),
    onParsed<Post>("post_edited", "post", (post) => {
      changePosts(post.channel_id, (window) => withPost(window, post));
      changeThread(post.root_id || post.id, (window) => withPost(window, post));
      cache.setQueryData<Post>(keys.post(post.id), (before) => before && { ...before, ...post });
      void cache.invalidateQueries({ queryKey: keys.pinned(post.channel_id) });
    }),
    onParsed<Post>("post_deleted", "post", (post) => {
      dropPost(post);
      if (post.root_id) countReplies(post, -1);
      void cache.invalidateQueries({ queryKey: keys.pinned(post.channel_id) });
    }),
    onParsed<Reaction>("reaction_added", "reaction", (reaction, { broadcast }) =>
      changeReacted(broadcast.channel_id, reaction, (post) => withReaction(post, reaction)),
    ),
    onParsed<Reaction>("reaction_removed", "reaction", (reaction, { broadcast }) =>
      changeReacted(broadcast.channel_id, reaction, (post) => withoutReaction(post, reaction)),
    ),
  ];
}

/** A reaction names its post only: the threads that are open are looked through. */
function changeReacted(channel: string, { post_id }: Reaction, change: (post: Post) => Post): void {
  changePosts(channel, (window) => withChanged(window, post_id, change));
  for (const query of cache.getQueryCache().findAll({ queryKey: ["thread"] })) {
    changeThread(String(query.queryKey[1]), (window) => withChanged(window, post_id, change));
  }
}

function isShown(channel: string): boolean {
  return (
    cache
      .getQueryCache()
      .find({ queryKey: keys.posts(channel) })
      ?.isActive() ?? false
  );
}

function countReplies(reply: Post, by: number): void {
  const root = { id: reply.root_id, channel_id: reply.channel_id, root_id: "" };
  changePost(root, (post) => ({ ...post, reply_count: Math.max(0, (post.reply_count ?? 0) + by) }));
}

/**
 * Posts that are shown are brought up to date, and so is a stretch far back, to which a link may just be leading; the
 * others are fetched anew when they are shown.
 */
export function askPostsAgain(): void {
  for (const query of cache.getQueryCache().findAll({ queryKey: ["posts"] })) {
    const { queryKey } = query;
    const window = query.state.data as PostWindow | undefined;
    if (query.isActive() ? window : window?.hasNewer) void catchUp(String(queryKey[1]));
    else if (query.isActive()) void cache.invalidateQueries({ queryKey, exact: true });
    else cache.removeQueries({ queryKey, exact: true });
  }
  deliverAgain(me());
}
