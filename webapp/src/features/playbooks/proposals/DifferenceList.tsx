import { durationText } from "@/ui";
import { difference, type Line } from "./difference";
import styles from "./Proposals.module.css";
import type { Proposal } from "./questions";
import { useProposalsText } from "./text";

const SECOND = 1_000;
const SIGNS = { same: "", added: "+", removed: "−" } as const;

/** What the playbook has now and would have then, stage by stage. */
export function DifferenceList({ proposal: { before, after } }: { proposal: Proposal }) {
  const text = useProposalsText();
  const time = (seconds: number) =>
    seconds === 0 ? text("change_remind_never") : durationText(seconds * SECOND);
  return (
    <section aria-label={text("difference")} className={styles.difference}>
      {before.stages.map((stage, at) => (
        <div key={stage.title}>
          <h3 className={styles.stage}>{stage.title}</h3>
          <ul>
            {difference(stage, after.stages[at]).map((line) => (
              <DifferenceLine key={`${line.kind} ${line.task.title}`} line={line} />
            ))}
          </ul>
        </div>
      ))}
      {before.reminder_timer_default_seconds !== after.reminder_timer_default_seconds && (
        <p>
          {text("reminder")}: <del>{time(before.reminder_timer_default_seconds)}</del>{" "}
          <ins>{time(after.reminder_timer_default_seconds)}</ins>
        </p>
      )}
    </section>
  );
}

function DifferenceLine({ line: { kind, task } }: { line: Line }) {
  const text = useProposalsText();
  const parts = [
    task.title,
    ...(task.command ? [text("command", { command: task.command })] : []),
    ...(task.assignee_username ? [text("giveTo", { who: task.assignee_username })] : []),
  ];
  return (
    <li className={styles.line} data-kind={kind}>
      <span aria-hidden="true" className={styles.sign}>
        {SIGNS[kind]}
      </span>
      {parts.join(", ")}
      {kind !== "same" && <span className="hidden-text"> ({text(kind)})</span>}
    </li>
  );
}
