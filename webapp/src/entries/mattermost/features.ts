import { incidentPanel } from "@/features/incident-panel";
import { incidents } from "@/features/incidents";
import { playbooks } from "@/features/playbooks";
import type { Feature } from "@/host";

/** What Mattermost lacks. Its own are chat, accounts and dialogs. The addresses of incidents catch all, and come last. */
export const features: Feature[] = [incidentPanel, playbooks, incidents];
