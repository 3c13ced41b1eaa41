import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { bodyOf, incidentApi, incidentApiUrl, keys, type Wire } from "@/api";
import { dayStart } from "@/ui";

export type Dashboard = Wire["DashboardShape"];
export type Times = Wire["TimesShape"];
export type Spread = Wire["SpreadShape"];
export type Month = Wire["MonthTimesShape"];

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

export const dashboardQuery = (question: Question) =>
  queryOptions({
    queryKey: keys.dashboard(question.team_id, question),
    queryFn: () => bodyOf(incidentApi.GET("/dashboard", { params: { query: question } })),
    placeholderData: keepPreviousData,
    // Of incidents one is not in, nothing is told while it is not shown.
    staleTime: 0,
  });

export type Table = "times" | "follow_ups" | "load";

export function csvAddress(table: Table, question: Question): string {
  return `${incidentApiUrl}/dashboard/export/${table}?${new URLSearchParams(question).toString()}`;
}
