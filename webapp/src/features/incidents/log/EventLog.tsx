import { type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import {
  BookOpenCheck,
  CircleDot,
  Flag,
  ListChecks,
  Megaphone,
  MessageSquare,
  Signpost,
  UserRound,
} from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { bodyOf, type Incident, incidentApi, keys, messageOf, usePlace } from "@/api";
import { Link, paths, useSearchParam, useTeam } from "@/host";
import { Button, durationText, ErrorState, Spinner, useTimeText } from "@/ui";
import type { Entry } from "../questions";
import { useIncidentsText } from "../text";
import styles from "./EventLog.module.css";
import { ALL_GROUPS, FIRST_GROUPS, GROUPS, type Group, groupOf } from "./kinds";
import { useEntryWords } from "./useEntryWords";

const PAGE = 50;

const ICONS: Readonly<Record<Group, typeof Flag>> = {
  incident: Flag,
  stages: Signpost,
  tasks: ListChecks,
  status: Megaphone,
  people: UserRound,
  review: BookOpenCheck,
  posts: MessageSquare,
};

/** Everything that happened, in words, the newest first. */
export function EventLog({ incident }: { incident: Incident }) {
  const text = useIncidentsText();
  const [wanted] = useSearchParam("event");
  const [shown, setShown] = useState<readonly Group[]>(wanted === "" ? FIRST_GROUPS : ALL_GROUPS);
  const kinds = shown.flatMap((group) => GROUPS[group]);
  const { hasChannel } = usePlace(incident);
  const log = useInfiniteQuery({
    queryKey: keys.timelineLog(incident.id, kinds),
    queryFn: ({ pageParam }) =>
      bodyOf(
        incidentApi.GET("/incidents/{incident_id}/timeline", {
          params: {
            path: { incident_id: incident.id },
            query: { kind: kinds, page: pageParam, per_page: PAGE, direction: "desc" },
          },
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (last.has_more ? pages.length : undefined),
    enabled: kinds.length > 0,
  });
  const entries = inOrder(log.data?.pages.flatMap(({ items }) => items) ?? []);
  useLookingFor(Number(wanted), entries, log);
  return (
    <section className={styles.card} aria-labelledby="log">
      <h2 id="log" className={styles.title}>
        {text("log")}
      </h2>
      <fieldset className={styles.filters} aria-label={text("logFilters")}>
        {ALL_GROUPS.map((group) => (
          <button
            key={group}
            type="button"
            className={styles.filter}
            aria-pressed={shown.includes(group)}
            onClick={() =>
              setShown(shown.includes(group) ? shown.filter((one) => one !== group) : [...shown, group])
            }
          >
            {text(`log_group_${group}`)}
          </button>
        ))}
      </fieldset>
      {log.error && !log.data ? (
        <ErrorState message={messageOf(log.error)} onRetry={() => void log.refetch()} />
      ) : log.isLoading ? (
        <Spinner label={text("loading")} />
      ) : entries.length === 0 || kinds.length === 0 ? (
        <p className={styles.none}>{text("logEmpty")}</p>
      ) : (
        <ol className={styles.entries}>
          {entries.map((entry) => (
            <LogEntry
              key={entry.sequence}
              entry={entry}
              start={incident.create_at}
              leadsToPosts={hasChannel}
              isWanted={String(entry.sequence) === wanted}
            />
          ))}
        </ol>
      )}
      {log.hasNextPage && kinds.length > 0 && (
        <Button
          size="s"
          fullWidth
          isPending={log.isFetchingNextPage}
          onPress={() => void log.fetchNextPage()}
        >
          {text("showOlder")}
        </Button>
      )}
    </section>
  );
}

/** An entry that the address names may lie on a later page: they are fetched until it is there. */
function useLookingFor(
  sequence: number,
  entries: readonly Entry[],
  { hasNextPage, isFetching, isError, fetchNextPage }: Pages,
): void {
  const oldest = entries.at(-1)?.sequence ?? 0;
  const isAhead = sequence > 0 && sequence < oldest && hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (isAhead) void fetchNextPage();
  }, [isAhead, fetchNextPage]);
}

type Pages = Pick<UseInfiniteQueryResult, "hasNextPage" | "isFetching" | "isError" | "fetchNextPage">;

/** Pages shift while the log grows: an entry may come with two of them. */
function inOrder(entries: readonly Entry[]): Entry[] {
  return [...new Map(entries.map((entry) => [entry.sequence, entry])).values()].sort(
    (a, b) => b.sequence - a.sequence,
  );
}

interface LogEntryProps {
  entry: Entry;
  start: number;
  /** Whether its post can be gone to. */
  leadsToPosts: boolean;
  /** Whether the address names it: it is marked, scrolled to once, and where keys go on from. */
  isWanted: boolean;
}

function LogEntry({ entry, start, leadsToPosts, isWanted }: LogEntryProps) {
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!isWanted) return;
    place.current?.scrollIntoView({ block: "center" });
    place.current?.focus({ preventScroll: true });
  }, [isWanted]);
  const team = useTeam();
  const time = useTimeText();
  const words = useEntryWords(entry);
  const group = groupOf(entry.kind);
  const Icon = group === null ? CircleDot : ICONS[group];
  const post = entry.payload.post_id;
  const when = (
    <time dateTime={new Date(entry.at).toISOString()}>
      {time.moment(entry.at)} · +{durationText(entry.at - start, { seconds: true })}
    </time>
  );
  return (
    <li
      ref={place}
      tabIndex={isWanted ? -1 : undefined}
      className={styles.entry}
      aria-current={isWanted || undefined}
    >
      <span className={styles.icon} aria-hidden="true">
        <Icon size={14} />
      </span>
      <div className={styles.words}>
        <p>{words}</p>
        <p className={styles.when}>
          {leadsToPosts && typeof post === "string" && post !== "" ? (
            <Link href={paths.post(team.name, post)}>{when}</Link>
          ) : (
            when
          )}
        </p>
      </div>
    </li>
  );
}
