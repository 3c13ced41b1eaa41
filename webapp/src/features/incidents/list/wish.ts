import { dayStart, type Sort } from "@/ui";
import { dayIn, idIn } from "../written";

/** What the list of incidents is to show. It stands in the address, so that it can be sent to somebody. */
export interface Wish {
  search: string;
  commander: string;
  status: "" | "Ongoing" | "Ended";
  playbook: string;
  /** Days as inputs of dates write them: "2026-11-28"; both are included. */
  from: string;
  to: string;
  /** Also those one is not in. */
  everyone: boolean;
  sort: Sort;
  /** From 0. */
  page: number;
}

export const PER_PAGE = 15;

/** Columns, and what the server calls what they are sorted by. */
const SORTED_BY: Readonly<Record<string, string>> = {
  name: "name",
  status: "is_active",
  start: "create_at",
  end: "end_at",
};

const DEFAULT_SORT: Sort = { column: "start", direction: "desc" };

export function wishIn(search: string): Wish {
  const params = new URLSearchParams(search);
  const status = params.get("status");
  const column = params.get("sort") ?? "";
  return {
    search: params.get("search") ?? "",
    commander: idIn(params.get("commander")),
    status: status === "Ongoing" || status === "Ended" ? status : "",
    playbook: idIn(params.get("playbook")),
    from: dayIn(params.get("from")),
    to: dayIn(params.get("to")),
    everyone: params.get("show") === "all",
    sort:
      column in SORTED_BY
        ? { column, direction: params.get("direction") === "asc" ? "asc" : "desc" }
        : DEFAULT_SORT,
    page: Math.max(0, Math.floor(Number(params.get("page") ?? 1)) - 1) || 0,
  };
}

/** The query of an address that says the wish, without what goes without saying. */
export function writtenWish(wish: Wish): string {
  const { sort } = wish;
  const isDefaultSort = sort.column === DEFAULT_SORT.column && sort.direction === DEFAULT_SORT.direction;
  const all: [string, string][] = [
    ["search", wish.search],
    ["commander", wish.commander],
    ["status", wish.status],
    ["playbook", wish.playbook],
    ["from", wish.from],
    ["to", wish.to],
    ["show", wish.everyone ? "all" : ""],
    ["sort", isDefaultSort ? "" : sort.column],
    ["direction", isDefaultSort ? "" : sort.direction],
    ["page", wish.page === 0 ? "" : String(wish.page + 1)],
  ];
  const query = new URLSearchParams(all.filter(([, value]) => value !== "")).toString();
  return query === "" ? "" : `?${query}`;
}

/** Whether something narrows the list beside whose incidents are shown. */
export function isNarrowed(wish: Wish): boolean {
  const { search, commander, status, playbook, from, to } = wish;
  return [search, commander, status, playbook, from, to].some((value) => value !== "");
}

/** What the server is asked for. Days are days in the reader's time zone. */
export function questionOf(wish: Wish, team: string, me: string, timeZone: string) {
  return {
    team_id: team,
    page: String(wish.page),
    per_page: String(PER_PAGE),
    sort: SORTED_BY[wish.sort.column] ?? "create_at",
    direction: wish.sort.direction,
    ...(wish.search.trim() !== "" && { search_term: wish.search.trim() }),
    ...(wish.commander !== "" && { commander_user_id: wish.commander }),
    ...(wish.status !== "" && { status: wish.status === "Ongoing" ? "active" : "ended" }),
    ...(wish.playbook !== "" && { playbook_id: wish.playbook }),
    ...(wish.from !== "" && { started_from: String(dayStart(wish.from, timeZone)) }),
    ...(wish.to !== "" && { started_before: String(dayStart(wish.to, timeZone, 1)) }),
    ...(!wish.everyone && { member_id: me }),
  };
}
