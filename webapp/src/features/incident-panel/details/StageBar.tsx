import type { Incident } from "@/api";
import { doneIn, partOf } from "../progress";
import { useIncidentPanelText } from "../text";
import styles from "./StageBar.module.css";

interface StageBarProps {
  incident: Incident;
  /** Without words: the list says the stage itself. */
  isCompact?: boolean;
  /** With it, a stage can be looked at by its part of the bar. */
  looked?: { stage: number; onLook: (stage: number) => void };
}

/** Where an incident is among its stages: a part for each. */
export function StageBar({ incident, isCompact, looked }: StageBarProps) {
  const text = useIncidentPanelText();
  const { checklists: stages, active_stage: active } = incident;
  return (
    <div className={styles.block}>
      {!isCompact && (
        <>
          <h2 className={styles.label}>{text("currentStage")}</h2>
          <p className={styles.now}>
            <span>{stages[active]?.title}</span>
            <span className={styles.count}>{`(${active + 1}/${stages.length})`}</span>
          </p>
        </>
      )}
      <ol className={styles.bar} aria-hidden={isCompact || undefined}>
        {stages.map((stage, position) => {
          const words = text("stageDone", {
            stage: stage.title,
            done: doneIn(stage),
            all: stage.items.length,
          });
          return (
            <li key={stage.id} className={styles.place} title={words}>
              {looked ? (
                <button
                  type="button"
                  className={styles.look}
                  aria-label={words}
                  aria-pressed={looked.stage === position}
                  data-elsewhere={(looked.stage === position && position !== active) || undefined}
                  onClick={() => looked.onLook(position)}
                >
                  <span className={styles.part} data-part={partOf(incident, position)} />
                </button>
              ) : (
                <>
                  <span className={styles.part} data-part={partOf(incident, position)} />
                  <span className="hidden-text">{words}</span>
                </>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
