import type { PreferenceType } from "@mattermost/types/preferences";
import type { UserProfile } from "@mattermost/types/users";
import { onLive, placeStore } from "@/host";
import { cache } from "./cache";
import { keys } from "./keys";
import { onParsed } from "./live";
import { changePreferences } from "./preferences";
import { heardTyping } from "./typing";
import { remember } from "./users";

export function keepPeopleLive(): (() => void)[] {
  return [
    onLive("user_updated", ({ data }) => {
      const user = data.user;
      if (!(user instanceof Object) || !("id" in user)) return;
      remember(user as UserProfile);
      if (user.id === placeStore.getState().me?.id) void cache.invalidateQueries({ queryKey: keys.me });
    }),
    onLive("status_change", ({ data }) => cache.setQueryData(keys.status(String(data.user_id)), data.status)),
    onLive("typing", ({ data, broadcast }) =>
      heardTyping(broadcast.channel_id, String(data.parent_id ?? ""), String(data.user_id)),
    ),
    onParsed<PreferenceType[]>("preferences_changed", "preferences", (list) => changePreferences(list)),
    onParsed<PreferenceType[]>("preferences_deleted", "preferences", (list) => changePreferences(list, true)),
  ];
}
