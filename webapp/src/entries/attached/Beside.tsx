import { useQuery } from "@tanstack/react-query";
import { Suspense, useLayoutEffect } from "react";
import { channelsQuery, type Incident, incidentQuery, usePlace } from "@/api";
import { panels, placeStore, useTeam } from "@/host";
import { Spinner } from "@/ui";
import styles from "./Frame.module.css";
import { useAttachedText } from "./text";

const AGAIN_MS = 3_000;

/** What is to be done in an incident, beside its page: the panel that Mattermost shows beside its channel. */
export function Beside({ incident: id }: { incident: string }) {
  const text = useAttachedText();
  const { data: incident } = useQuery(incidentQuery(id));
  useMembership(incident);
  const channelId = incident?.channel_id;
  const shown = placeStore((place) => place.channel?.id);
  const name = incident?.name ?? "";
  useLayoutEffect(() => {
    if (channelId === undefined) return;
    placeStore.setState({ channel: { id: channelId, name: "", displayName: name, type: "P" } });
    return () => placeStore.setState({ channel: null });
  }, [channelId, name]);
  const [panel] = panels();
  if (!panel || channelId === undefined || shown !== channelId) return null;
  return (
    <aside className={styles.beside} aria-label={text("beside")}>
      <Suspense fallback={<Spinner />}>
        <panel.Body params={{}} />
      </Suspense>
    </aside>
  );
}

/** Who is added to a channel is not told to these pages: as long as one is not in it, it is asked for again. */
function useMembership(incident: Incident | undefined): void {
  const team = useTeam();
  const { isIn, hasChannel } = usePlace(incident);
  useQuery({
    ...channelsQuery(team.id),
    enabled: incident !== undefined,
    refetchOnMount: "always",
    refetchInterval: isIn !== true && hasChannel && AGAIN_MS,
  });
}
