import { useQuery } from "@tanstack/react-query";
import { type Incident, messageOf, statusOf } from "@/api";
import { durationText, ErrorState, Spinner } from "@/ui";
import { type Rehearsal, rehearsalQuery } from "./questions";
import styles from "./Rehearsal.module.css";
import { useRehearsalText } from "./text";

const AGAIN_MS = 15_000;

/** How a rehearsal compares with its original, so far. Imported ones have none. */
export default function ScoreSheet({ incident }: { incident: Incident }) {
  const text = useRehearsalText();
  const { data, error, refetch } = useQuery({
    ...rehearsalQuery(incident.id),
    refetchOnMount: "always",
    refetchInterval: incident.is_active && AGAIN_MS,
  });
  if (statusOf(error) === 404) return null;
  return (
    <section className={styles.card} aria-labelledby="score-sheet">
      <h2 id="score-sheet" className={styles.heading}>
        {text("scoreSheet")}
      </h2>
      {error && !data && <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />}
      {!error && !data && <Spinner label={text("loading")} />}
      {data && <Sheet rehearsal={data} />}
    </section>
  );
}

function Sheet({ rehearsal }: { rehearsal: Rehearsal }) {
  const text = useRehearsalText();
  const { original, practice, stages } = rehearsal;
  const time = (ms: number | null) => (ms === null ? text("never") : durationText(ms));
  const stage = (one: (typeof stages)[number]["original"]) =>
    [
      time(one.reached_ms),
      text("activeFor", { time: durationText(one.active_ms) }),
      text("tasksDone", { done: one.done, tasks: one.tasks }),
    ].join(", ");
  return (
    <>
      <p className={styles.hint}>
        {text("progress", {
          replayed: rehearsal.replayed,
          steps: rehearsal.steps,
          speed: rehearsal.speed,
        })}{" "}
        {text("scoreHint")}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard too */}
      <div className={styles.scroller} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{text("figure")}</th>
              <th scope="col">{text("original")}</th>
              <th scope="col">{text("practice")}</th>
            </tr>
          </thead>
          <tbody>
            <Row
              title={text("firstUpdate")}
              of={[time(original.first_update_ms), time(practice.first_update_ms)]}
            />
            <Row title={text("updates")} of={[String(original.updates), String(practice.updates)]} />
            {stages.map((one, position) => (
              <Row
                // biome-ignore lint/suspicious/noArrayIndexKey: stages are known by their place
                key={position}
                title={text("reached", { stage: one.title })}
                of={[stage(one.original), stage(one.practice)]}
              />
            ))}
            <Row title={text("endedAfter")} of={[time(original.ended_ms), time(practice.ended_ms)]} />
          </tbody>
        </table>
      </div>
    </>
  );
}

function Row({ title, of: [original, practice] }: { title: string; of: [string, string] }) {
  return (
    <tr>
      <th scope="row">{title}</th>
      <td>{original}</td>
      <td>{practice}</td>
    </tr>
  );
}
