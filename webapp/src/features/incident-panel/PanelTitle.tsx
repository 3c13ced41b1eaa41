import { ChevronLeft } from "lucide-react";
import { panelStore, useIsNarrow } from "@/host";
import { Badge, IconButton } from "@/ui";
import styles from "./PanelTitle.module.css";
import { showList, usePanelView } from "./place";
import { useIncidentPanelText } from "./text";

/** "Your Ongoing Incidents", or the incident's name with the way back. */
export function PanelTitle() {
  const text = useIncidentPanelText();
  const { view, incident, channel } = usePanelView();
  const isWide = panelStore((panel) => panel.isWide);
  // Where the panel is the whole page, its title is the page's.
  const isPage = useIsNarrow() || isWide;
  const Heading = isPage ? "h1" : "h2";
  if (view === "list") return <Heading className={styles.name}>{text("yourOngoing")}</Heading>;
  return (
    <>
      <IconButton
        label={text("back")}
        icon={<ChevronLeft size={18} />}
        onPress={() => showList(channel?.id ?? "")}
      />
      <Heading className={styles.name} title={incident?.name}>
        {incident?.name ?? text("incidents")}
      </Heading>
      {incident && (
        <Badge tone={incident.is_active ? "accent" : "neutral"}>
          {text(incident.is_active ? "ongoing" : "ended")}
        </Badge>
      )}
    </>
  );
}
