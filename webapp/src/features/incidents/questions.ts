import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { bodyOf, incidentApi, keys, useMyChannel, type Wire } from "@/api";
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

/** The name in the address of a channel one is in. */
export function useChannelName(channel: string): string {
  return useMyChannel(useTeam().id, channel)?.name ?? "";
}
