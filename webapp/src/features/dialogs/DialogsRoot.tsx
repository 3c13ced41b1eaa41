import { lazy } from "react";
import { dialogStore } from "@/api";

const OpenDialogs = lazy(() => import("./OpenDialogs"));

/** Where dialogs appear. Their fields weigh much: they are fetched when the first is asked for. */
export function DialogsRoot() {
  const isAsked = dialogStore((dialogs) => dialogs.open.length > 0);
  return isAsked && <OpenDialogs />;
}
