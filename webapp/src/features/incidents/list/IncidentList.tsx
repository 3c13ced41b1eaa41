import { useQuery } from "@tanstack/react-query";
import { Plus, SearchX, ShieldAlert } from "lucide-react";
import { messageOf, statusOf } from "@/api";
import { navigatorStore, useMe, useTeam } from "@/host";
import { Button, EmptyState, ErrorState, Pager, Spinner, useTimeZone } from "@/ui";
import { useWatching } from "../live";
import { incidentListQuery } from "../questions";
import { useIncidentsText } from "../text";
import { Filters } from "./Filters";
import styles from "./IncidentListPage.module.css";
import { IncidentTable } from "./IncidentTable";
import { useStartIncident } from "./useStartIncident";
import { useWish } from "./useWish";
import { isNarrowed, PER_PAGE, questionOf } from "./wish";

/** The incidents that the address asks for. */
export function IncidentList() {
  const text = useIncidentsText();
  const me = useMe();
  const team = useTeam();
  const timeZone = useTimeZone();
  const [wish, change] = useWish();
  const query = questionOf(wish, team.id, me.id, timeZone);
  const { data, error, refetch, isPlaceholderData } = useQuery(incidentListQuery(team.id, query));
  useWatching(wish.everyone);
  if (error && !data) {
    const message = statusOf(error) === 403 ? text("guestsListNone") : messageOf(error);
    return <ErrorState message={message} onRetry={() => void refetch()} />;
  }
  if (!data) return <Spinner label={text("loading")} />;
  if (data.total_count === 0 && !isNarrowed(wish) && wish.everyone && !isPlaceholderData)
    return <NoIncidents />;
  return (
    <>
      <Filters wish={wish} onChange={change} />
      {data.total_count > 0 && data.items.length > 0 ? (
        <div className={isPlaceholderData ? styles.stale : undefined}>
          <IncidentTable incidents={data.items} sort={wish.sort} onSort={(sort) => change({ sort })} />
          <Pager
            page={wish.page}
            perPage={PER_PAGE}
            total={data.total_count}
            onPage={(page) => change({ page })}
          />
        </div>
      ) : isNarrowed(wish) || wish.page > 0 ? (
        <EmptyState
          title={text("noneMatch", { team: team.displayName })}
          icon={<SearchX size={26} />}
          action={
            <Button
              onPress={() =>
                change({ search: "", commander: "", status: "", playbook: "", from: "", to: "" })
              }
            >
              {text("resetFilters")}
            </Button>
          }
        />
      ) : (
        <NoIncidents action={<Button onPress={() => change({ everyone: true })}>{text("seeAll")}</Button>} />
      )}
    </>
  );
}

function NoIncidents({ action }: { action?: React.ReactNode }) {
  const text = useIncidentsText();
  const start = useStartIncident();
  const hasChat = navigatorStore((state) => state.hasChat);
  return (
    <EmptyState
      title={text("whatAreIncidents")}
      icon={<ShieldAlert size={26} />}
      action={
        <>
          {hasChat && (
            <Button
              variant="primary"
              icon={<Plus size={16} />}
              isPending={start.isPending}
              onPress={() => start.mutate()}
            >
              {text("newIncident")}
            </Button>
          )}
          {action}
        </>
      }
    >
      {text("incidentsAre")}
    </EmptyState>
  );
}
