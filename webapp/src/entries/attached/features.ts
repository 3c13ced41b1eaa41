import { dialogs } from "@/features/dialogs";
import { panelOfIncident } from "@/features/incident-panel";
import { incidents } from "@/features/incidents";
import { playbooks } from "@/features/playbooks";
import { type Feature, paths } from "@/host";

/** Where Mattermost goes on: addresses of channels, people and posts. */
const chat: Feature = {
  pages: [
    paths.channel(":team", ":name"),
    paths.group(":team", ":name"),
    paths.post(":team", ":post"),
    "/_redirect/pl/:post",
  ].map((path) => ({ path, frame: "public", load: () => import("./LeadPage") })),
};

const entrance: Feature = {
  pages: [{ path: paths.signIn, frame: "public", load: () => import("./SignInPage") }],
};

/** What Mattermost lacks, as pages. The addresses of incidents catch all, and come last. */
export const features: Feature[] = [entrance, chat, dialogs, panelOfIncident, playbooks, incidents];
