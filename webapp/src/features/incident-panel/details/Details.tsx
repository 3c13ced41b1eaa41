import type { Incident } from "@/api";
import { useMe } from "@/host";
import { Banner, Tabs } from "@/ui";
import { useAnnouncements } from "../announcements";
import { chooseTab, panelView, type Tab } from "../place";
import { useReceipts } from "../receipts";
import { Tasks } from "../tasks/Tasks";
import { useIncidentPanelText } from "../text";
import styles from "./Details.module.css";
import { JoinBar, StatusBar, TasksBar } from "./Footer";
import { Summary } from "./Summary";

interface DetailsProps {
  incident: Incident;
  isMember: boolean;
  mayJoin: boolean;
}

/** One incident: how it stands, and what is to be done. */
export function Details({ incident, isMember, mayJoin }: DetailsProps) {
  const text = useIncidentPanelText();
  const me = useMe();
  const tab = panelView((view) => view.tabs[incident.channel_id] ?? "summary");
  const receipts = useReceipts(incident.id);
  useAnnouncements(incident);
  const mayAct = isMember || me.isAdmin;
  return (
    <div className={styles.details}>
      {incident.is_practice && <Banner tone="warning">{text("practiceBanner")}</Banner>}
      <div className={styles.content}>
        <Tabs
          label={incident.name}
          selected={tab}
          onSelect={(id) => chooseTab(incident.channel_id, id as Tab)}
          tabs={[
            {
              id: "summary",
              title: text("summary"),
              content: <Summary incident={incident} mayAct={mayAct} restartedAt={receipts.restartedAt} />,
            },
            {
              id: "tasks",
              title: text("tasks"),
              content: <Tasks incident={incident} mayAct={mayAct} receipts={receipts.byTask} />,
            },
          ]}
        />
      </div>
      {mayJoin && <JoinBar incident={incident} />}
      {mayAct && (tab === "summary" ? <StatusBar incident={incident} /> : <TasksBar incident={incident} />)}
    </div>
  );
}
