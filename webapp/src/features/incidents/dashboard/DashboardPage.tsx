import { BookOpenCheck, ChartColumn, ShieldAlert } from "lucide-react";
import { navigate, paths, useTeam } from "@/host";
import { SectionBar } from "@/ui";
import { useIncidentsText } from "../text";
import styles from "./Dashboard.module.css";
import { DashboardView } from "./DashboardView";
import { useDashboardText } from "./text";

export default function DashboardPage() {
  const text = useDashboardText();
  const around = useIncidentsText();
  const team = useTeam();
  return (
    <>
      <SectionBar
        label={around("playbooksAndIncidents")}
        sections={[
          {
            href: paths.playbooks(team.name),
            icon: <BookOpenCheck size={18} aria-hidden="true" />,
            title: around("playbooks"),
            isCurrent: false,
          },
          {
            href: paths.incidents(team.name),
            icon: <ShieldAlert size={18} aria-hidden="true" />,
            title: around("incidents"),
            isCurrent: false,
          },
          {
            href: paths.dashboard(team.name),
            icon: <ChartColumn size={18} aria-hidden="true" />,
            title: text("dashboard"),
            isCurrent: true,
          },
        ]}
        closeLabel={around("backToChannels")}
        onClose={() => navigate(paths.channel(team.name, "town-square"))}
      />
      <div className={styles.scroller}>
        <section className={styles.content}>
          <h1 className={styles.title}>
            {text("dashboard")} <span className={styles.team}>({team.displayName})</span>
          </h1>
          <DashboardView key={team.id} />
        </section>
      </div>
    </>
  );
}
