import { CircleAlert, CircleCheck, Play } from "lucide-react";
import { type Incident, nameOf, type Task, useUser } from "@/api";
import { Button, useTimeText } from "@/ui";
import { useRun } from "../deeds";
import { PLAUSIBLE } from "../progress";
import type { Receipt } from "../receipts";
import { useIncidentPanelText } from "../text";
import styles from "./Tasks.module.css";

interface CommandRowProps {
  incident: Incident;
  task: Task;
  receipt: Receipt | undefined;
  mayAct: boolean;
}

/** A task's slash command: run it, and see how its last run went. */
export function CommandRow({ incident, task, receipt, mayAct }: CommandRowProps) {
  const text = useIncidentPanelText();
  const run = useRun(incident);
  const words = text(task.command_last_run >= PLAUSIBLE ? "rerun" : "run");
  return (
    <div className={styles.command}>
      <div className={styles.commandLine}>
        {mayAct && (
          <Button
            size="s"
            icon={<Play size={12} aria-hidden="true" />}
            aria-label={`${words} ${task.command}`}
            isPending={run.isPending}
            onPress={() => run.mutate(task)}
          >
            {words}
          </Button>
        )}
        <code className={styles.code}>{task.command}</code>
      </div>
      {receipt && !run.isPending && <ReceiptLine receipt={receipt} />}
    </div>
  );
}

function ReceiptLine({ receipt }: { receipt: Receipt }) {
  const text = useIncidentPanelText();
  const time = useTimeText();
  const by = useUser(receipt.by);
  const isOk = receipt.outcome === "ok";
  const Icon = isOk ? CircleCheck : CircleAlert;
  const words = text(isOk ? "ran" : "runFailed", { time: time.short(receipt.at), by: by ? nameOf(by) : "…" });
  return (
    <p className={styles.receipt} data-outcome={receipt.outcome}>
      <Icon size={14} aria-hidden="true" />
      <span>
        {words}
        {receipt.answer !== "" && <span className={styles.answer}>{receipt.answer}</span>}
      </span>
    </p>
  );
}
