import { account } from "@/features/account";
import { administration } from "@/features/administration";
import { dialogs } from "@/features/dialogs";
import { incidentPanel } from "@/features/incident-panel";
import { incidents } from "@/features/incidents";
import { playbooks } from "@/features/playbooks";
import type { Feature } from "@/host";
import { workspace } from "@/workspace";

/** All that the product is made of: a new feature is one line here. */
export const features: Feature[] = [
  workspace,
  account,
  dialogs,
  incidentPanel,
  playbooks,
  incidents,
  administration,
];
