import { Badge, durationText, useTimeText } from "@/ui";
import { EvidenceLinks } from "./EvidenceLinks";
import type { Cause, Gap, Review } from "./questions";
import styles from "./Review.module.css";
import { useReviewText } from "./text";
import { useCauseWords } from "./useCauseWords";

const STRONG = 0.65;

/** Where the incident stood still, each with its causes, the likeliest first. */
export function GapList({ review }: { review: Review }) {
  const text = useReviewText();
  return (
    <section className={styles.card} aria-labelledby="review-gaps">
      <h2 id="review-gaps" className={styles.title}>
        {text("gaps")}
      </h2>
      <p className={styles.hint}>{text("gapsAre")}</p>
      {review.gaps.length === 0 && <p className={styles.hint}>{text("none")}</p>}
      <ol className={styles.gaps}>
        {review.gaps.map((gap) => (
          <GapItem key={gap.to_sequence} review={review} gap={gap} />
        ))}
      </ol>
    </section>
  );
}

function GapItem({ review, gap }: { review: Review; gap: Gap }) {
  const text = useReviewText();
  const time = useTimeText();
  const where = gap.task_id === "" ? text("atEnd") : text("atTask", { task: gap.title });
  return (
    <li className={styles.gap}>
      <h3 className={styles.gapTitle}>
        {text("gapTitle", { duration: durationText(gap.to_at - gap.from_at), where })}
      </h3>
      <p className={styles.hint}>
        {time.moment(gap.from_at)} – {time.moment(gap.to_at)}
      </p>
      {gap.causes.length === 0 && <p>{text("unexplained")}</p>}
      <ul className={styles.causes}>
        {gap.causes.map((cause) => (
          <CauseItem key={cause.cause} review={review} cause={cause} task={gap.title} />
        ))}
      </ul>
    </li>
  );
}

function CauseItem({ review, cause, task }: { review: Review; cause: Cause; task: string }) {
  const text = useReviewText();
  const words = useCauseWords(cause, task);
  const isStrong = cause.score >= STRONG;
  return (
    <li>
      <p className={styles.cause}>
        {words}{" "}
        <Badge tone={isStrong ? "accent" : "neutral"}>
          {text(isStrong ? "strongEvidence" : "someEvidence")}
        </Badge>
      </p>
      <details>
        <summary className={styles.more}>{text("evidence")}</summary>
        <EvidenceLinks review={review} evidence={cause.evidence} />
      </details>
    </li>
  );
}
