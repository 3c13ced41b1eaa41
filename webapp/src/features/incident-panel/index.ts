import { lazy } from "react";
import { followStartedIncidents } from "@/api";
import type { Feature } from "@/host";
import { AutoOpen } from "./AutoOpen";
import { openOnInfo, startWithClientId } from "./commands";
import { IncidentsButton } from "./IncidentsButton";
import { PanelTitle } from "./PanelTitle";
import { PANEL } from "./place";
import { startFromPost } from "./startFromPost";

/** The panel alone, for pages that put it where an incident is shown. */
export const panelOfIncident: Feature = {
  panels: [{ id: PANEL, Title: PanelTitle, Body: lazy(() => import("./PanelBody")) }],
  start: followStartedIncidents,
};

/** The right-hand side of incidents, and every way to start one. */
export const incidentPanel: Feature = {
  ...panelOfIncident,
  channelHeaderButtons: [{ id: PANEL, Button: IncidentsButton }],
  postMenuEntries: [startFromPost],
  commandHooks: [startWithClientId, openOnInfo],
  roots: [AutoOpen],
};
