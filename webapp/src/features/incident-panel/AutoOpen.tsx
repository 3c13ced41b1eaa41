import { useEffect, useRef } from "react";
import { openPanel, panelStore, useIsNarrow } from "@/host";
import { PANEL, showDetails, useIncidentHere } from "./place";

/**
 * Opens the panel on entering an incident's channel, unless something else is open there: once for each change of
 * channel, so that it stays closed when it is closed. On a phone it would hide the talk, and waits to be asked.
 */
export function AutoOpen() {
  const { channel, incident, isMember } = useIncidentHere();
  const isNarrow = useIsNarrow();
  const done = useRef("");
  const id = channel?.id ?? "";
  const isIncident = Boolean(incident) && incident?.channel_id === id && isMember;
  useEffect(() => {
    if (id === "") done.current = "";
    showDetails();
  }, [id]);
  useEffect(() => {
    if (!isIncident || done.current === id) return;
    done.current = id;
    if (!isNarrow && panelStore.getState().open === null) openPanel(PANEL);
  }, [id, isIncident, isNarrow]);
  return null;
}
