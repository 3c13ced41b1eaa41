import { Badge } from "@/ui";
import { useIncidentsText } from "./text";

export function StatusBadge({ isActive }: { isActive: boolean }) {
  const text = useIncidentsText();
  return <Badge tone={isActive ? "accent" : "neutral"}>{text(isActive ? "ongoing" : "ended")}</Badge>;
}
