import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, LogIn, Play } from "lucide-react";
import { lazy, Suspense, useEffect, useRef } from "react";
import { cache, type Incident, incidentQuery, keys, messageOf, type Place, statusOf, usePlace } from "@/api";
import { navigate, type PageProps, paths, useSearchParam, useTeam } from "@/host";
import { Banner, Button, ErrorState, IconButton, Markdown, Spinner, Tabs } from "@/ui";
import { OriginBanner } from "../archive/OriginBanner";
import { StrangersOf } from "../archive/Strangers";
import { NotFound } from "../ErrorPage";
import { useWatching } from "../live";
import { EventLog } from "../log/EventLog";
import { Person } from "../Person";
import { ImportedBadge, PracticeBadge, StatusBadge } from "../StatusBadge";
import { useIncidentsText } from "../text";
import { useJoin } from "../useJoin";
import { ExportMenu } from "./ExportMenu";
import { Figures } from "./Figures";
import styles from "./IncidentPage.module.css";
import { PeopleCard } from "./PeopleCard";

const TimelineCard = lazy(() => import("../timeline/TimelineCard"));
const ScoreSheet = lazy(() => import("../rehearsal/ScoreSheet"));
const ReviewTab = lazy(() => import("../review/ReviewTab"));

const OVERVIEW = "overview";
const REVIEW = "review";

export default function IncidentPage({ params: { id = "" } }: PageProps) {
  return <IncidentById key={id} id={id} />;
}

function IncidentById({ id }: { id: string }) {
  const text = useIncidentsText();
  const { data, error, refetch } = useQuery({ ...incidentQuery(id), refetchOnMount: "always" });
  const { isIn, hasChannel } = usePlace(data);
  useWatching(isIn === false);
  useWholeStory(data);
  // The original's API answers 500 to who asks for what is not there.
  const refusal = statusOf(error);
  if (refusal >= 400 && refusal <= 500) return <NotFound type="incidents" />;
  if (data) {
    return (
      <StrangersOf incident={id}>
        <IncidentDetails incident={data} isIn={isIn} hasChannel={hasChannel} />
      </StrangersOf>
    );
  }
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  return <Spinner label={text("loading")} />;
}

/** What was asked for last while it was ongoing does not tell yet that it ended. */
function useWholeStory(incident: Incident | undefined): void {
  const { id, is_active: isActive } = incident ?? {};
  const wasActive = useRef(isActive);
  useEffect(() => {
    if (id !== undefined && wasActive.current === true && isActive === false) {
      void cache.invalidateQueries({ queryKey: keys.incidentMetadata(id) });
      void cache.invalidateQueries({ queryKey: keys.timeline(id) });
    }
    wasActive.current = isActive;
  }, [id, isActive]);
}

function IncidentDetails({ incident, isIn, hasChannel }: { incident: Incident } & Place) {
  const text = useIncidentsText();
  const team = useTeam();
  const join = useJoin();
  const [view, setView] = useSearchParam("view");
  return (
    <>
      <header className={styles.bar}>
        <IconButton
          label={text("backToIncidents")}
          icon={<ArrowLeft size={20} />}
          onPress={() => navigate(paths.incidents(team.name))}
        />
        <h1 className={styles.title}>{text("incidentNamed", { name: incident.name })}</h1>
        <StatusBadge isActive={incident.is_active} />
        {incident.is_practice && <PracticeBadge />}
        {incident.is_imported && <ImportedBadge />}
        <span className={styles.commander}>
          <span className={styles.commanderWord}>{text("commander")}:</span>
          <Person id={incident.commander_user_id} />
        </span>
      </header>
      {incident.is_practice && <Banner tone="warning">{text("practiceBanner")}</Banner>}
      <OriginBanner incident={incident.id} />
      <div className={styles.scroller}>
        <div className={styles.content}>
          <div className={styles.head}>
            <h2 className={styles.heading}>{text("summary")}</h2>
            <div className={styles.deeds}>
              {isIn === false && (
                <Button
                  variant="primary"
                  icon={<LogIn size={16} />}
                  isPending={join.isPending}
                  onPress={() => join.mutate({ incident, hasChannel })}
                >
                  {text("joinIncident")}
                </Button>
              )}
              {isIn === true && !incident.is_active && !incident.is_practice && (
                <Button
                  icon={<Play size={16} />}
                  onPress={() => navigate(paths.rehearse(team.name, "incident", incident.id))}
                >
                  {text("rehearse")}
                </Button>
              )}
              <ExportMenu
                incident={incident.id}
                channelId={hasChannel ? incident.channel_id : ""}
                isIn={isIn}
              />
            </div>
          </div>
          {incident.description !== "" && (
            <div className={styles.description}>
              <Markdown>{incident.description}</Markdown>
            </div>
          )}
          <Tabs
            label={text("views")}
            selected={view === REVIEW ? REVIEW : OVERVIEW}
            onSelect={(chosen) => setView(chosen === REVIEW ? REVIEW : "")}
            tabs={[
              {
                id: OVERVIEW,
                title: text("overview"),
                content: <Overview incident={incident} isIn={isIn} hasChannel={hasChannel} />,
              },
              {
                id: REVIEW,
                title: text("review"),
                content: (
                  <div className={styles.view}>
                    <Suspense fallback={<Spinner label={text("loading")} />}>
                      <ReviewTab incident={incident} canWrite={isIn === true} />
                    </Suspense>
                  </div>
                ),
              },
            ]}
          />
        </div>
      </div>
    </>
  );
}

function Overview({ incident, isIn, hasChannel }: { incident: Incident } & Place) {
  const text = useIncidentsText();
  return (
    <div className={styles.view}>
      {incident.is_practice && (
        <Suspense fallback={<Spinner label={text("loading")} />}>
          <ScoreSheet incident={incident} />
        </Suspense>
      )}
      <Figures incident={incident} isIn={isIn} />
      {!hasChannel && <PeopleCard incident={incident} isIn={isIn} />}
      <div className={styles.columns}>
        <Suspense fallback={<Spinner label={text("loading")} />}>
          <TimelineCard incident={incident} />
        </Suspense>
        <EventLog incident={incident} />
      </div>
    </div>
  );
}
