import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { bodyOf, incidentApi, incidentApiUrl, keys, type Wire } from "@/api";
import { dayStart } from "@/ui";

export type Times = Wire["TimesShape"];
export type TimesOf = Wire["TimesOfShape"];
export type Spread = Wire["SpreadShape"];
export type Month = Wire["MonthTimesShape"];
export type Load = Wire["LoadShape"];
export type ToDo = Wire["ToDoShape"];

/** What the dashboard is of. It stands in the address, so that it can be sent to somebody. */
export interface Scope {
  playbook: string;
  /** Days as inputs of dates write them: "2026-11-28"; both are included. */
  from: string;
  to: string;
}

export function questionOf({ playbook, from, to }: Scope, team: string, timezone: string) {
  return {
    team_id: team,
    timezone,
    ...(playbook !== "" && { playbook_id: playbook }),
    ...(from !== "" && { started_from: String(dayStart(from, timezone)) }),
    ...(to !== "" && { started_before: String(dayStart(to, timezone, 1)) }),
  };
}

export type Question = ReturnType<typeof questionOf>;

/** While it is not shown, nothing is told of incidents that one is not in: asked for again when it is. */
const SHOWN = { placeholderData: keepPreviousData, staleTime: 0 } as const;

export const timesQuery = (query: Question) =>
  queryOptions({
    queryKey: keys.dashboard(query.team_id, "times", query),
    queryFn: () => bodyOf(incidentApi.GET("/dashboard/times", { params: { query } })),
    ...SHOWN,
  });

export const toDoQuery = (query: Question) =>
  queryOptions({
    queryKey: keys.dashboard(query.team_id, "follow_ups", query),
    queryFn: () => bodyOf(incidentApi.GET("/dashboard/follow_ups", { params: { query } })),
    ...SHOWN,
  });

export const loadQuery = (query: Question) =>
  queryOptions({
    queryKey: keys.dashboard(query.team_id, "load", query),
    queryFn: () => bodyOf(incidentApi.GET("/dashboard/load", { params: { query } })),
    ...SHOWN,
  });

export type Table = "times" | "follow_ups" | "load";

export function csvAddress(table: Table, question: Question): string {
  return `${incidentApiUrl}/dashboard/${table}/csv?${new URLSearchParams(question).toString()}`;
}
