import { Plus } from "lucide-react";
import { navigatorStore, useTeam } from "@/host";
import { Button } from "@/ui";
import { ImportArchive } from "../archive/ImportArchive";
import { IncidentsBar } from "../IncidentsBar";
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
      <IncidentsBar current="incidents" />
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
