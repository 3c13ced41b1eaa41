import { useQuery } from "@tanstack/react-query";
import type { Incident } from "@/api";
import { messageOf } from "@/api";
import { durationText, ErrorState, Spinner } from "@/ui";
import { Person } from "../Person";
import { DocumentCard } from "./DocumentCard";
import { Findings } from "./Findings";
import { FollowUps } from "./FollowUps";
import { GapList } from "./GapList";
import { type Review, reviewQuery } from "./questions";
import styles from "./Review.module.css";
import { useReviewText } from "./text";

/** How an incident went, and why it stood still. */
export default function ReviewTab({ incident, canWrite }: { incident: Incident; canWrite: boolean }) {
  const text = useReviewText();
  const { data, error, refetch } = useQuery({ ...reviewQuery(incident.id), refetchOnMount: "always" });
  if (error && !data) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!data) return <Spinner label={text("loading")} />;
  return (
    <div className={styles.review}>
      <Summary review={data} />
      <DocumentCard incident={incident} canWrite={canWrite} />
      <FollowUps incident={incident} canWrite={canWrite} />
      <GapList review={data} />
      <StageTable review={data} />
      <Findings review={data} />
      <People review={data} />
    </div>
  );
}

function Summary({ review }: { review: Review }) {
  const text = useReviewText();
  const lost = review.gaps.reduce((sum, gap) => sum + gap.to_at - gap.from_at, 0);
  return (
    <section className={styles.card} aria-labelledby="review-summary">
      <h2 id="review-summary" className={styles.title}>
        {text("summaryTitle")}
      </h2>
      {!review.is_ended && <p>{text("notEndedYet")}</p>}
      <p>
        {text("summary", {
          total: durationText(review.ongoing_ms),
          gaps: review.gaps.length,
          lost: durationText(lost),
          explained: review.gaps.filter(({ causes }) => causes.length > 0).length,
        })}
      </p>
      <p className={styles.hint}>{text("comparedWith", { count: review.past_runs })}</p>
    </section>
  );
}

function StageTable({ review }: { review: Review }) {
  const text = useReviewText();
  return (
    <Table title={text("stages")} heads={[text("stage"), text("active"), text("entered")]}>
      {review.stages.map((stage) => (
        <tr key={stage.stage_id}>
          <th scope="row">{stage.title}</th>
          <td>{stage.entered > 0 ? durationText(stage.active_ms) : "–"}</td>
          <td>{text("timesEntered", { count: stage.entered })}</td>
        </tr>
      ))}
    </Table>
  );
}

function People({ review }: { review: Review }) {
  const text = useReviewText();
  if (review.people.length === 0) {
    return (
      <section className={styles.card} aria-labelledby="review-people">
        <h2 id="review-people" className={styles.title}>
          {text("whoDidWhat")}
        </h2>
        <p className={styles.hint}>{text("fewPeople", { count: review.fewest_people })}</p>
      </section>
    );
  }
  return (
    <Table
      title={text("whoDidWhat")}
      heads={[text("person"), text("tasks"), text("runs"), text("updates"), text("messages")]}
    >
      {review.people.map((one) => (
        <tr key={one.user_id}>
          <th scope="row">
            <Person id={one.user_id} />
          </th>
          <td>{one.tasks}</td>
          <td>{one.runs}</td>
          <td>{one.updates}</td>
          <td>{one.posts}</td>
        </tr>
      ))}
    </Table>
  );
}

function Table({ title, heads, children }: { title: string; heads: string[]; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard too
    <div className={styles.card} tabIndex={0}>
      <table className={styles.table}>
        <caption className={styles.caption}>
          <h2 className={styles.title}>{title}</h2>
        </caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
