import type { Feature } from "@/host";
import { DialogsRoot } from "./DialogsRoot";

/** Forms that integrations ask for: interactive dialogs. */
export const dialogs: Feature = {
  roots: [DialogsRoot],
};
