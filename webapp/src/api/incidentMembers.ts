import type { UserProfile } from "@mattermost/types/users";
import { queryOptions } from "@tanstack/react-query";
import { cache } from "./cache";
import { chat } from "./client";
import { bodyOf, incidentApi } from "./incidents";
import { keys } from "./keys";
import { remember } from "./users";

/** Who is in an incident, bots and the deactivated left out. */
export const incidentMembersQuery = (id: string) =>
  queryOptions({
    queryKey: keys.incidentMembers(id),
    queryFn: async (): Promise<UserProfile[]> => {
      const params = { path: { incident_id: id } };
      const { user_ids } = await bodyOf(incidentApi.GET("/incidents/{incident_id}/members", { params }));
      if (user_ids.length === 0) return [];
      const profiles = await chat.getProfilesByIds(user_ids);
      remember(...profiles);
      return profiles
        .filter((profile) => !profile.is_bot && profile.delete_at === 0)
        .sort((a, b) => a.username.localeCompare(b.username));
    },
  });

/** Add somebody to an incident that has no channel to enter, or remove them; or enter and leave it oneself. */
export async function setIncidentMember(id: string, user: string, isIn: boolean): Promise<void> {
  if (isIn) {
    await incidentApi.POST("/incidents/{incident_id}/members", {
      params: { path: { incident_id: id } },
      body: { user_id: user },
    });
  } else {
    await incidentApi.DELETE("/incidents/{incident_id}/members/{user_id}", {
      params: { path: { incident_id: id, user_id: user } },
    });
  }
  for (const key of [keys.incidentMembers(id), keys.incidentMetadata(id), keys.timeline(id)]) {
    void cache.invalidateQueries({ queryKey: key });
  }
}
