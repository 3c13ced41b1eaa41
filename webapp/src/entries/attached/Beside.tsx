import { useQuery } from "@tanstack/react-query";
import { Suspense, useLayoutEffect } from "react";
import { incidentQuery } from "@/api";
import { panels, placeStore } from "@/host";
import { Spinner } from "@/ui";
import styles from "./Frame.module.css";
import { useAttachedText } from "./text";

/** What is to be done in an incident, beside its page: the panel that Mattermost shows beside its channel. */
export function Beside({ incident: id }: { incident: string }) {
  const text = useAttachedText();
  const { data: incident } = useQuery(incidentQuery(id));
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
