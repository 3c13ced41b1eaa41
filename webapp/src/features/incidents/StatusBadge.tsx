import { Badge } from "@/ui";
import { useIncidentsText } from "./text";

/** That an incident is a rehearsal. */
export function PracticeBadge() {
  const text = useIncidentsText();
  return <Badge tone="warning">{text("practice")}</Badge>;
}

/** That an incident came in an archive. */
export function ImportedBadge() {
  const text = useIncidentsText();
  return <Badge tone="neutral">{text("imported")}</Badge>;
}

export function StatusBadge({ isActive }: { isActive: boolean }) {
  const text = useIncidentsText();
  return <Badge tone={isActive ? "accent" : "neutral"}>{text(isActive ? "ongoing" : "ended")}</Badge>;
}
