import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTeam } from "@/host";
import { bodyOf, incidentApi } from "./incidents";
import { keys } from "./keys";
import { useIsIn } from "./oneChannel";
import type { Incident } from "./ongoing";

export const metadataQuery = (id: string) =>
  queryOptions({
    queryKey: keys.incidentMetadata(id),
    queryFn: () =>
      bodyOf(incidentApi.GET("/incidents/{incident_id}/metadata", { params: { path: { incident_id: id } } })),
  });

export interface Place {
  /** Whether one is in it; undefined while not known. */
  isIn: boolean | undefined;
  /** Whether its channel can be entered: that of an incident brought in beside a Mattermost is nowhere. */
  hasChannel: boolean;
}

/** Whether one is in an incident, and where that is. */
export function usePlace(incident: Incident | null | undefined): Place {
  const isInChannel = useIsIn(useTeam().id, incident?.channel_id ?? "");
  const { data: around, isPending } = useQuery({
    ...metadataQuery(incident?.id ?? ""),
    enabled: incident?.is_imported ?? false,
  });
  if (!incident) return { isIn: undefined, hasChannel: true };
  if (!incident.is_imported) return { isIn: isInChannel, hasChannel: true };
  if (around?.channel_name === "") return { isIn: around.is_member ?? false, hasChannel: false };
  return { isIn: isPending ? undefined : isInChannel, hasChannel: true };
}
