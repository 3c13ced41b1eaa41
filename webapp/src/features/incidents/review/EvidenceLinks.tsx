import { Link, paths, useTeam } from "@/host";
import { useTimeText } from "@/ui";
import { useEntryWords } from "../log/useEntryWords";
import type { Entry } from "../questions";
import { useName } from "../useName";
import type { Evidence, Review } from "./questions";
import styles from "./Review.module.css";
import { useReviewText } from "./text";

interface EvidenceLinksProps {
  review: Review;
  evidence: readonly Evidence[];
}

/** What something rests on: entries of the log, each leading there, and changes of presence. */
export function EvidenceLinks({ review, evidence }: EvidenceLinksProps) {
  return (
    <ul className={styles.evidence}>
      {evidence.map((one) => {
        const entry = review.entries.find(({ sequence }) => sequence === one.sequence);
        return (
          <li key={`${one.sequence} ${one.at} ${one.user_id}`}>
            {entry ? <EntryLink incident={review.incident_id} entry={entry} /> : <Presence evidence={one} />}
          </li>
        );
      })}
    </ul>
  );
}

function EntryLink({ incident, entry }: { incident: string; entry: Entry }) {
  const team = useTeam();
  const time = useTimeText();
  const words = useEntryWords(entry);
  return (
    <Link href={`${paths.incident(team.name, incident)}?event=${entry.sequence}`}>
      {words} · {time.moment(entry.at)}
    </Link>
  );
}

function Presence({ evidence }: { evidence: Evidence }) {
  const text = useReviewText();
  const time = useTimeText();
  const who = useName(evidence.user_id);
  return `${text(evidence.status === "offline" ? "presence_offline" : "presence_away", { who })} · ${time.moment(evidence.at)}`;
}
