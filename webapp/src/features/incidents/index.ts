import { type Feature, paths } from "@/host";
import { startLive } from "./live";

/** Incidents as pages: the list of all that one may see, each with its timeline, and where wrong addresses lead. */
export const incidents: Feature = {
  pages: [
    { path: paths.incidents(":team"), frame: "team", load: () => import("./list/IncidentListPage") },
    { path: paths.incident(":team", ":id"), frame: "team", load: () => import("./details/IncidentPage") },
    {
      path: paths.rehearse(":team", ":kind", ":id"),
      frame: "team",
      load: () => import("./rehearsal/RehearsePage"),
    },
    { path: paths.dashboard(":team"), frame: "team", load: () => import("./dashboard/DashboardPage") },
    { path: paths.incidentsElsewhere(":team"), frame: "team", load: () => import("./ErrorPage") },
  ],
  start: startLive,
};
