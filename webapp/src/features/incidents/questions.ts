import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { bodyOf, type Incident, incidentApi, keys, useIsIn, useMyChannel, type Wire } from "@/api";
import { useTeam } from "@/host";

export type Entry = Wire["EntryShape"];

/** Before this, a time is not one: the product did not exist. */
export const PLAUSIBLE = Date.UTC(2020, 0, 1);

export type ListQuestion = Record<string, string>;

export const incidentListQuery = (team: string, query: ListQuestion) =>
  queryOptions({
    queryKey: keys.incidentList(team, query),
    queryFn: () => bodyOf(incidentApi.GET("/incidents", { params: { query } })),
    placeholderData: keepPreviousData,
    // While it was not shown, nothing was told of incidents that one is not in.
    staleTime: 0,
  });

export const commandersQuery = (team: string) =>
  queryOptions({
    queryKey: keys.commanders(team),
    queryFn: () => bodyOf(incidentApi.GET("/incidents/commanders", { params: { query: { team_id: team } } })),
    staleTime: 60_000,
  });

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
export function usePlace(incident: Incident | undefined): Place {
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

/** The name in the address of a channel one is in. */
export function useChannelName(channel: string): string {
  return useMyChannel(useTeam().id, channel)?.name ?? "";
}
