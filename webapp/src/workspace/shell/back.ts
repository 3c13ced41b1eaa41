import { useEffect } from "react";
import { closePanel } from "@/host";
import { closeSidebar } from "./drawer";

type Cover = "sidebar" | "panel" | null;

/**
 * On a phone the sidebar and panels are pages: "back" leads from them to the talk.
 *
 * Such a page has an entry in the history that is marked as covered. Whoever gets to one while nothing covers
 * the page any more, as it was left by a link, is led past it.
 */
export function useBackCloses(cover: Cover): void {
  useEffect(() => {
    if (cover !== null && !isCovered())
      window.history.pushState({ ...window.history.state, isCovered: true }, "");
    const onBack = () => {
      if (cover === "sidebar") closeSidebar();
      else if (cover === "panel") closePanel();
      else if (isCovered()) window.history.back();
    };
    window.addEventListener("popstate", onBack);
    return () => window.removeEventListener("popstate", onBack);
  }, [cover]);
}

/** Close the panel as "back" does where it is a page, so that no entry of it stays in the history. */
export function leavePanel(): void {
  if (isCovered()) window.history.back();
  else closePanel();
}

function isCovered(): boolean {
  return (window.history.state as { isCovered?: boolean } | null)?.isCovered === true;
}
