import { lazy } from "react";
import type { Feature } from "@/host";

/** Forms that integrations ask for: interactive dialogs. */
export const dialogs: Feature = {
  roots: [lazy(() => import("./OpenDialogs"))],
};
