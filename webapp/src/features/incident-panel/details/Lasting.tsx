import type { Incident } from "@/api";
import { durationText, useNow } from "@/ui";
import { lastedMs } from "../progress";
import { useIncidentPanelText } from "../text";

/** How long an incident has lasted, ticking while it goes on. */
export function Lasting({ incident }: { incident: Incident }) {
  const now = useNow();
  const ms = lastedMs(incident, now);
  return <time>{ms === null ? "--" : durationText(ms)}</time>;
}

export function Ago({ since }: { since: number }) {
  const text = useIncidentPanelText();
  const now = useNow();
  return <time>{text("ago", { duration: durationText(Math.max(0, now - since)) })}</time>;
}
