import type { Post } from "@mattermost/types/posts";
import { cache } from "./cache";
import { chat } from "./client";
import { keys } from "./keys";
import { changePosts, changeThread } from "./posts";
import { withChanged, withoutPost } from "./postWindow";
import { savePreference } from "./preferences";
import { withoutReaction, withReaction } from "./reactions";

/** Change a post wherever it is shown. */
export function changePost(
  post: Pick<Post, "id" | "channel_id" | "root_id">,
  change: (post: Post) => Post,
): void {
  changePosts(post.channel_id, (window) => withChanged(window, post.id, change));
  changeThread(post.root_id || post.id, (window) => withChanged(window, post.id, change));
  cache.setQueryData<Post>(keys.post(post.id), (before) => before && change(before));
}

export function dropPost(post: Pick<Post, "id" | "channel_id" | "root_id">): void {
  changePosts(post.channel_id, (window) => withoutPost(window, post.id));
  changeThread(post.root_id || post.id, (window) => withoutPost(window, post.id));
}

export async function editPost(post: Post, message: string): Promise<void> {
  const edited = await chat.patchPost({ id: post.id, message });
  changePost(post, (before) => ({ ...before, message: edited.message, edit_at: edited.edit_at }));
}

export async function deletePost(post: Post): Promise<void> {
  await chat.deletePost(post.id);
  dropPost(post);
}

export async function pinPost(post: Post, isPinned: boolean): Promise<void> {
  changePost(post, (before) => ({ ...before, is_pinned: isPinned }));
  await (isPinned ? chat.pinPost(post.id) : chat.unpinPost(post.id));
  void cache.invalidateQueries({ queryKey: keys.pinned(post.channel_id) });
}

/** Keep a post in one's list of saved ones, or take it out. */
export async function savePost(post: Pick<Post, "id">, isSaved: boolean): Promise<void> {
  await savePreference("flagged_post", post.id, isSaved ? "true" : null);
  void cache.invalidateQueries({ queryKey: keys.saved });
}

/** React with an emoji, or take the reaction back: shown at once, put back if it is refused. */
export async function react(post: Post, me: string, emoji: string, isOn: boolean): Promise<void> {
  const reaction = { user_id: me, post_id: post.id, emoji_name: emoji, create_at: Date.now() };
  const on = (before: Post) => withReaction(before, reaction);
  const off = (before: Post) => withoutReaction(before, reaction);
  changePost(post, isOn ? on : off);
  try {
    await (isOn ? chat.addReaction(me, post.id, emoji) : chat.removeReaction(me, post.id, emoji));
  } catch (error) {
    changePost(post, isOn ? off : on);
    throw error;
  }
}
