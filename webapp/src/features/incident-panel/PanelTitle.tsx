import { ChevronLeft } from "lucide-react";
import { Badge, IconButton } from "@/ui";
import styles from "./PanelTitle.module.css";
import { showList, usePanelView } from "./place";
import { useIncidentPanelText } from "./text";

/** "Your Ongoing Incidents", or the incident's name with the way back. */
export function PanelTitle() {
  const text = useIncidentPanelText();
  const { view, incident, channel } = usePanelView();
  if (view === "list") return <span className={styles.name}>{text("yourOngoing")}</span>;
  return (
    <>
      <IconButton
        label={text("back")}
        icon={<ChevronLeft size={18} />}
        onPress={() => showList(channel?.id ?? "")}
      />
      <span className={styles.name} title={incident?.name}>
        {incident?.name ?? text("incidents")}
      </span>
      {incident?.is_practice && <Badge tone="warning">{text("practice")}</Badge>}
      {incident && (
        <Badge tone={incident.is_active ? "accent" : "neutral"}>
          {text(incident.is_active ? "ongoing" : "ended")}
        </Badge>
      )}
    </>
  );
}
