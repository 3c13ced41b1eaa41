import { queryOptions, useMutation } from "@tanstack/react-query";
import { bodyOf, cache, channelsQuery, incidentApi, keys, type Wire } from "@/api";
import { navigate, paths, useTeam } from "@/host";

export type Rehearsal = Wire["RehearsalShape"];

export const rehearsalQuery = (id: string) =>
  queryOptions({
    queryKey: keys.rehearsal(id),
    queryFn: () =>
      bodyOf(
        incidentApi.GET("/incidents/{incident_id}/rehearsal", { params: { path: { incident_id: id } } }),
      ),
  });

export interface Wanted {
  kind: string;
  id: string;
  speed: number;
  seed: number;
}

/** Begin a rehearsal and go to its channel. */
export function useRehearse() {
  const team = useTeam();
  return useMutation({
    mutationFn: ({ kind, id, speed, seed }: Wanted) =>
      kind === "playbook"
        ? bodyOf(
            incidentApi.POST("/playbooks/{playbook_id}/rehearsals", {
              params: { path: { playbook_id: id } },
              body: { speed, seed },
            }),
          )
        : bodyOf(
            incidentApi.POST("/incidents/{incident_id}/rehearsals", {
              params: { path: { incident_id: id } },
              body: { speed },
            }),
          ),
    onSuccess: async ({ channel_id }) => {
      void cache.invalidateQueries({ queryKey: keys.memberships(team.id) });
      void cache.invalidateQueries({ queryKey: keys.incidentLists(team.id) });
      const channels = await cache.fetchQuery({ ...channelsQuery(team.id), staleTime: 0 });
      const channel = channels.get(channel_id);
      if (channel) navigate(paths.channel(team.name, channel.name));
    },
  });
}
