import type { Post } from "@mattermost/types/posts";
import type { UserProfile } from "@mattermost/types/users";
import { cache, isMuted, keys, membershipIn, onParsed, parsed } from "@/api";
import { navigate, paths, placeStore } from "@/host";

/** Tell of posts that call for one while the window is not looked at, if the browser may. Gives what ends it. */
export function notifyOnDesktop(): () => void {
  return onParsed<Post>("posted", "post", (post, event) => {
    const { me, team } = placeStore.getState();
    if (!me || !team || post.user_id === me.id || document.hasFocus() || !mayNotify()) return;
    const mentioned = parsed<string[]>(event, "mentions")?.includes(me.id) ?? false;
    const wish = cache.getQueryData<UserProfile>(keys.me)?.notify_props?.desktop ?? "mention";
    const isWanted = wish === "all" || (wish === "mention" && (mentioned || event.data.channel_type === "D"));
    if (!isWanted || (isMuted(membershipIn(team.id, post.channel_id)) && !mentioned)) return;
    const who = String(event.data.sender_name ?? "");
    const where = String(event.data.channel_display_name ?? "");
    const notification = new Notification(where ? `${who} – ${where}` : who, {
      body: post.message.slice(0, 200),
      tag: post.channel_id,
      icon: "/icon-192.png",
    });
    notification.onclick = () => {
      window.focus();
      navigate(paths.post(team.name, post.id));
    };
  });
}

function mayNotify(): boolean {
  return "Notification" in window && Notification.permission === "granted";
}
