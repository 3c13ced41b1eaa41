import { useId } from "react";
import { EvidenceLinks } from "./EvidenceLinks";
import type { Finding, Review } from "./questions";
import styles from "./Review.module.css";
import { useReviewText } from "./text";

/** What went other than planned. */
export function Findings({ review }: { review: Review }) {
  const text = useReviewText();
  return (
    <div className={styles.findings}>
      <FindingList title={text("passedStages")} review={review} found={review.passed_stages} />
      <FindingList title={text("skipped")} review={review} found={review.skipped} />
      <FindingList title={text("late")} review={review} found={review.late} />
      <FindingList title={text("repeated")} review={review} found={review.repeated} />
      <FindingList title={text("byHand")} review={review} found={review.by_hand} />
    </div>
  );
}

interface FindingListProps {
  title: string;
  review: Review;
  found: readonly Finding[];
}

function FindingList({ title, review, found }: FindingListProps) {
  const text = useReviewText();
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      {found.length === 0 && <p className={styles.hint}>{text("none")}</p>}
      <ul className={styles.causes}>
        {found.map((one) => (
          <li key={`${one.id} ${one.evidence[0]?.sequence}`}>
            <p className={styles.cause}>{one.title}</p>
            <EvidenceLinks review={review} evidence={one.evidence} />
          </li>
        ))}
      </ul>
    </section>
  );
}
