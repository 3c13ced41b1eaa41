import { incidentApiUrl } from "@/api";
import { useTimeZone } from "@/ui";
import styles from "./Review.module.css";
import { useReviewText } from "./text";

/** The review as files, with times in the reader's zone. */
export function ExportLinks({ incident }: { incident: string }) {
  const text = useReviewText();
  const zone = encodeURIComponent(useTimeZone());
  const address = (format: string) =>
    `${incidentApiUrl}/incidents/${incident}/review/export/${format}?timezone=${zone}`;
  return (
    <p className={styles.deeds}>
      {text("asFile")}
      <a className={styles.inText} href={address("markdown")} download>
        Markdown
      </a>
      <a className={styles.inText} href={address("html")} download>
        {text("asPage")}
      </a>
      <a className={styles.inText} href={address("pdf")} download>
        PDF
      </a>
      <a className={styles.inText} href={address("json")} download>
        {text("allAsJson")}
      </a>
      <a className={styles.inText} href={address("csv")} download>
        {text("eventsAsCsv")}
      </a>
    </p>
  );
}
