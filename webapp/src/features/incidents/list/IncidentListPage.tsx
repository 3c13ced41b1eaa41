import { BookOpenCheck, ChartColumn, Plus, ShieldAlert } from "lucide-react";
import { navigate, navigatorStore, paths, useTeam } from "@/host";
import { Button, SectionBar } from "@/ui";
import { ImportArchive } from "../archive/ImportArchive";
import { useIncidentsText } from "../text";
import { IncidentList } from "./IncidentList";
import styles from "./IncidentListPage.module.css";
import { useStartIncident } from "./useStartIncident";

export default function IncidentListPage() {
  const text = useIncidentsText();
  const team = useTeam();
  const start = useStartIncident();
  const hasChat = navigatorStore((state) => state.hasChat);
  return (
    <>
      <SectionBar
        label={text("playbooksAndIncidents")}
        sections={[
          {
            href: paths.playbooks(team.name),
            icon: <BookOpenCheck size={18} aria-hidden="true" />,
            title: text("playbooks"),
            isCurrent: false,
          },
          {
            href: paths.incidents(team.name),
            icon: <ShieldAlert size={18} aria-hidden="true" />,
            title: text("incidents"),
            isCurrent: true,
          },
          {
            href: paths.dashboard(team.name),
            icon: <ChartColumn size={18} aria-hidden="true" />,
            title: text("dashboard"),
            isCurrent: false,
          },
        ]}
        closeLabel={text("backToChannels")}
        onClose={() => navigate(paths.channel(team.name, "town-square"))}
      />
      <div className={styles.scroller}>
        <section className={styles.content}>
          <div className={styles.head}>
            <h1 className={styles.title}>
              {text("incidents")} <span className={styles.team}>({team.displayName})</span>
            </h1>
            {!hasChat && (
              <Button
                variant="primary"
                icon={<Plus size={16} />}
                isPending={start.isPending}
                onPress={() => start.mutate()}
              >
                {text("newIncident")}
              </Button>
            )}
            <ImportArchive key={`import ${team.id}`} />
          </div>
          <IncidentList key={team.id} />
        </section>
      </div>
    </>
  );
}
