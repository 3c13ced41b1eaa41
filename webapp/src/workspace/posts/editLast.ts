import { cache, keys, type PostWindow } from "@/api";
import { startEditing } from "./editing";
import { isSystem } from "./kinds";

/** Edit one's last post in a channel or thread; false if none is loaded. */
export function editLastOf(channelId: string, rootId: string, me: string): boolean {
  const key = rootId === "" ? keys.posts(channelId) : keys.thread(rootId);
  const window = cache.getQueryData<PostWindow>(key);
  const last = window?.posts.findLast((post) => post.user_id === me && !isSystem(post));
  if (!last) return false;
  startEditing(last.id);
  return true;
}
