import { useTeam } from "@/host";
import { IncidentsBar } from "../IncidentsBar";
import styles from "./Dashboard.module.css";
import { DashboardView } from "./DashboardView";
import { useDashboardText } from "./text";

export default function DashboardPage() {
  const text = useDashboardText();
  const team = useTeam();
  return (
    <>
      <IncidentsBar current="dashboard" />
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
