import { AlarmClock, BellRing } from "lucide-react";
import type { Incident } from "@/api";
import { Button, durationText, useNow } from "@/ui";
import { useDismissReminder, useIncidentCommand } from "../deeds";
import { nextUpdateDue } from "../progress";
import { useIncidentPanelText } from "../text";
import styles from "./Details.module.css";

interface NextUpdateProps {
  incident: Incident;
  mayAct: boolean;
  restartedAt: number;
}

/** When the next status update is due; once it is, the way to write it. */
export function NextUpdate({ incident, mayAct, restartedAt }: NextUpdateProps) {
  const due = nextUpdateDue(incident, restartedAt);
  if (incident.is_active && incident.reminder_post_id !== "") {
    return <Overdue incident={incident} mayAct={mayAct} />;
  }
  return due === null ? null : <Countdown due={due} />;
}

const LAST_MINUTE_MS = 60_000;

function Countdown({ due }: { due: number }) {
  const text = useIncidentPanelText();
  const left = due - useNow();
  if (left <= 0) return null;
  return (
    <p className={styles.due}>
      <AlarmClock size={16} aria-hidden="true" />
      {text("nextUpdate", { duration: durationText(left, { seconds: left < LAST_MINUTE_MS }) })}
    </p>
  );
}

function Overdue({ incident, mayAct }: { incident: Incident; mayAct: boolean }) {
  const text = useIncidentPanelText();
  const dismiss = useDismissReminder(incident);
  const command = useIncidentCommand(incident);
  return (
    <div className={styles.overdue} role="status">
      <p>
        <BellRing size={16} aria-hidden="true" />
        {text("updateDue")}
      </p>
      {mayAct && (
        <div className={styles.row}>
          <Button size="s" isPending={command.isPending} onPress={() => command.mutate("/incident update")}>
            {text("updateNow")}
          </Button>
          <Button size="s" variant="quiet" isPending={dismiss.isPending} onPress={() => dismiss.mutate()}>
            {text("dismiss")}
          </Button>
        </div>
      )}
    </div>
  );
}
