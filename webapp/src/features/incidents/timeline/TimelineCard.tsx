import { useQuery } from "@tanstack/react-query";
import { ListChecks } from "lucide-react";
import { useMemo, useState } from "react";
import { bodyOf, type Incident, incidentApi, keys, messageOf, usePlace } from "@/api";
import { Button, EmptyState, ErrorState, Spinner, useNow } from "@/ui";
import type { Entry } from "../questions";
import { useIncidentsText } from "../text";
import styles from "./TimelineCard.module.css";
import { TimelineChart } from "./TimelineChart";
import { TimelineTable } from "./TimelineTable";
import { CHART_KINDS, hasTasks, timelineOf } from "./timeline";

const PAGE = 1_000;
const STEP_MS = 15_000;

/** The timeline of an incident, as a chart or as a table. */
export default function TimelineCard({ incident }: { incident: Incident }) {
  const text = useIncidentsText();
  const [isTable, setTable] = useState(false);
  const {
    data: entries,
    error,
    refetch,
  } = useQuery({
    queryKey: keys.timelineChart(incident.id),
    queryFn: () => chartEntries(incident.id),
  });
  // The end of an ongoing incident moves on, but not with each second: marks would never stand still.
  const second = useNow();
  const now = incident.is_active ? Math.max(Math.ceil(second / STEP_MS) * STEP_MS, second) : 0;
  const { hasChannel } = usePlace(incident);
  const timeline = useMemo(
    () =>
      entries &&
      timelineOf(
        hasChannel ? incident : withoutPosts(incident),
        hasChannel ? entries : entries.map(withoutPost),
        now,
      ),
    [incident, entries, hasChannel, now],
  );
  return (
    <section className={styles.card} aria-labelledby="timeline">
      <header className={styles.head}>
        <h2 id="timeline" className={styles.title}>
          {text("timelineTitle")}
        </h2>
        {timeline && hasTasks(timeline) && (
          <Button size="s" onPress={() => setTable(!isTable)}>
            {text(isTable ? "asChart" : "asTable")}
          </Button>
        )}
      </header>
      {error && !entries ? (
        <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />
      ) : timeline === undefined ? (
        <Spinner label={text("loading")} />
      ) : !hasTasks(timeline) ? (
        <EmptyState title={text("noTasks")} icon={<ListChecks size={26} />} />
      ) : isTable ? (
        <TimelineTable timeline={timeline} />
      ) : (
        <TimelineChart timeline={timeline} />
      )}
    </section>
  );
}

/** What happened where nobody can go leads nowhere. */
function withoutPost(entry: Entry): Entry {
  return { ...entry, payload: { ...entry.payload, post_id: "" } };
}

function withoutPosts(incident: Incident): Incident {
  const checklists = incident.checklists.map((stage) => ({
    ...stage,
    items: stage.items.map((task) => ({ ...task, state_modified_post_id: "" })),
  }));
  return { ...incident, checklists };
}

async function chartEntries(id: string): Promise<Entry[]> {
  const all: Entry[] = [];
  for (let page = 0, hasMore = true; hasMore; page += 1) {
    const query = { kind: CHART_KINDS, page, per_page: PAGE };
    const listed = await bodyOf(
      incidentApi.GET("/incidents/{incident_id}/timeline", {
        params: { path: { incident_id: id }, query },
      }),
    );
    all.push(...listed.items);
    hasMore = listed.has_more;
  }
  return all;
}
