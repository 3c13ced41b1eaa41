import type { Post } from "@mattermost/types/posts";
import type { UserProfile } from "@mattermost/types/users";
import { cache, isMuted, keys, membershipsQuery, onParsed, parsed, teamsQuery } from "@/api";
import { type LiveEvent, navigate, paths, placeStore } from "@/host";

/** Tell of posts that call for one while the window is not looked at, if the browser may. Gives what ends it. */
export function notifyOnDesktop(): () => void {
  return onParsed<Post>("posted", "post", (post, event) => {
    const { me } = placeStore.getState();
    if (!me || post.user_id === me.id || document.hasFocus() || !mayNotify()) return;
    const mentioned = parsed<string[]>(event, "mentions")?.includes(me.id) ?? false;
    const wish = cache.getQueryData<UserProfile>(keys.me)?.notify_props?.desktop ?? "mention";
    const isWanted = wish === "all" || (wish === "mention" && (mentioned || event.data.channel_type === "D"));
    if (isWanted) void tell(post, event, mentioned);
  });
}

/** Events come before the page has asked for its teams and channels, and of teams that are not shown. */
async function tell(post: Post, event: LiveEvent, mentioned: boolean): Promise<void> {
  const teams = await cache.ensureQueryData(teamsQuery).catch(() => []);
  // What is said in direct messages belongs to no team, and opens in the one that is shown.
  const shown = placeStore.getState().team?.id;
  const team =
    teams.find(({ id }) => id === event.data.team_id) ?? teams.find(({ id }) => id === shown) ?? teams[0];
  if (!team) return;
  const memberships = await cache.ensureQueryData(membershipsQuery(team.id)).catch(() => null);
  if (isMuted(memberships?.get(post.channel_id)) && !mentioned) return;
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
}

function mayNotify(): boolean {
  return "Notification" in window && Notification.permission === "granted";
}
