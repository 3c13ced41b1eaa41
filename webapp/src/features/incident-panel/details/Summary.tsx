import type { Incident } from "@/api";
import { useChangeCommander } from "../deeds";
import { useIncidentPanelText } from "../text";
import styles from "./Details.module.css";
import { KeptLinks } from "./KeptLinks";
import { Lasting } from "./Lasting";
import { NextUpdate } from "./NextUpdate";
import { PersonPicker } from "./PersonPicker";
import { RecentUpdate } from "./RecentUpdate";
import { StageBar } from "./StageBar";

interface SummaryProps {
  incident: Incident;
  mayAct: boolean;
  restartedAt: number;
}

/** How an incident stands: who leads, since when, in which stage, and what was last said about it. */
export function Summary({ incident, mayAct, restartedAt }: SummaryProps) {
  const text = useIncidentPanelText();
  const commander = useChangeCommander(incident);
  return (
    <div className={styles.tab}>
      <div className={styles.facts}>
        <div className={styles.fact}>
          <h2 className={styles.label}>{text("commander")}</h2>
          <div className={styles.value}>
            <PersonPicker
              label={text("commander")}
              incident={incident}
              selected={commander.isPending ? commander.variables : incident.commander_user_id}
              isReadOnly={!mayAct}
              onPick={(id) => commander.mutate(id)}
              size={24}
            />
          </div>
        </div>
        <div className={styles.fact}>
          <h2 className={styles.label}>{text("duration")}</h2>
          <div className={styles.value}>
            <Lasting incident={incident} />
          </div>
        </div>
      </div>
      {incident.checklists.length > 1 && <StageBar incident={incident} />}
      <NextUpdate incident={incident} mayAct={mayAct} restartedAt={restartedAt} />
      <RecentUpdate incident={incident} mayAct={mayAct} />
      <KeptLinks incidentId={incident.id} />
    </div>
  );
}
