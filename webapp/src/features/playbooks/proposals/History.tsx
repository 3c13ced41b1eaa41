import { nameOf, useUser } from "@/api";
import { Button, durationText } from "@/ui";
import { inMinutes } from "./minutes";
import styles from "./Proposals.module.css";
import type { Decision, Effect, Proposals } from "./questions";
import { type ProposalsText, useProposalsText } from "./text";
import { useChangeWords } from "./useChangeWords";

interface DecisionListProps {
  decisions: readonly Decision[];
  isHeld: boolean;
  onUndo: (id: string) => void;
}

/** What was decided, whether it helped, and the way back. */
export function DecisionList({ decisions, isHeld, onUndo }: DecisionListProps) {
  const text = useProposalsText();
  if (decisions.length === 0) return null;
  return (
    <section className={styles.part}>
      <h2 className={styles.heading}>{text("decisions")}</h2>
      <ul className={styles.cards}>
        {decisions.map((decision) => (
          <DecisionCard key={decision.id} decision={decision} isHeld={isHeld} onUndo={onUndo} />
        ))}
      </ul>
    </section>
  );
}

function DecisionCard({
  decision,
  isHeld,
  onUndo,
}: {
  decision: Decision;
  isHeld: boolean;
  onUndo: (id: string) => void;
}) {
  const text = useProposalsText();
  const words = useChangeWords()(decision.change);
  const who = useWho(decision.decided_by);
  const undoer = useWho(decision.undone_by);
  const isUndone = decision.undone_at > 0;
  return (
    <li className={styles.card}>
      <h3 className={styles.title}>{words}</h3>
      <p>
        {decision.choice === "accepted"
          ? text("wasAccepted", { who, version: decision.to_version })
          : text("wasDeclined", { who, reason: decision.reason })}
      </p>
      {decision.effect && <EffectWords effect={decision.effect} />}
      {isUndone ? (
        <p className={styles.hint}>{text("wasUndone", { who: undoer })}</p>
      ) : (
        <div className={styles.deeds}>
          <Button
            size="s"
            isDisabled={isHeld}
            aria-label={`${text("undo")}: ${words}`}
            onPress={() => onUndo(decision.id)}
          >
            {text("undo")}
          </Button>
        </div>
      )}
    </li>
  );
}

function EffectWords({ effect }: { effect: Effect }) {
  const text = useProposalsText();
  const { before, after, other_versions: count } = effect;
  return (
    <>
      <p>{effectWords(text, effect)}</p>
      {count > 0 && before > 0 && after > 0 && (
        <p className={styles.hint}>{text("otherVersions", { count })}</p>
      )}
    </>
  );
}

/** Where other things were changed as well, it is not said that this one helped. */
function effectWords(text: ProposalsText, effect: Effect): string {
  const { verdict, before, after, saved_ms: saved, other_versions: others } = effect;
  if (!saved) return text("cannotTell", { before, after });
  const minutes = inMinutes(saved);
  if (verdict === "shorter") {
    return text(others > 0 ? "shorterWithOthers" : "shorter", { ...minutes, before, after });
  }
  if (verdict === "unclear") return text("unclear", { ...minutes, before, after });
  const longer = { value: -minutes.value, low: -minutes.high, high: -minutes.low };
  return text("longer", { ...longer, before, after });
}

/** What incidents took by each version of the playbook. */
export function VersionTable({ versions }: { versions: Proposals["versions"] }) {
  const text = useProposalsText();
  if (versions.length === 0) return null;
  return (
    <section className={styles.part}>
      <h2 className={styles.heading}>{text("howLong")}</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{text("versionHead")}</th>
            <th scope="col">{text("incidents")}</th>
            <th scope="col">{text("meanDuration")}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map(({ version, runs, duration_ms: took }) => (
            <tr key={version}>
              <th scope="row">{text("version", { version })}</th>
              <td>{runs}</td>
              <td>
                {took
                  ? `${durationText(took.value)} (95 %: ${durationText(Math.max(0, took.low))} – ${durationText(took.high)})`
                  : text("tooFew")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function useWho(id: string): string {
  const text = useProposalsText();
  const user = useUser(id);
  return user ? nameOf(user) : text("somebody");
}
