import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { keys } from "@/api";
import { Button, Dialog, Markdown, Spinner, useTimeText } from "@/ui";
import { Person } from "../Person";
import { readVersion, versionsQuery } from "./documentQuestions";
import styles from "./Review.module.css";
import { useReviewText } from "./text";

/** Every saved version of the document, newest first; each can be looked at. */
export function Versions({ incident }: { incident: string }) {
  const text = useReviewText();
  const time = useTimeText();
  const [shown, setShown] = useState<number | null>(null);
  const { data } = useQuery(versionsQuery(incident));
  return (
    <details className={styles.versions}>
      <summary className={styles.more}>{text("versions")}</summary>
      <ul className={styles.followUps}>
        {data?.items.map(({ version, editor_id, at }) => (
          <li key={version} className={styles.followUp}>
            <Button size="s" variant="quiet" onPress={() => setShown(version)}>
              {text("showVersion", { version })}
            </Button>
            <Person id={editor_id} />
            <span className={styles.hint}>{time.moment(at)}</span>
          </li>
        ))}
      </ul>
      <Dialog
        title={text("showVersion", { version: shown ?? 0 })}
        isOpen={shown !== null}
        onClose={() => setShown(null)}
        size="l"
      >
        {shown !== null && <Version incident={incident} version={shown} />}
      </Dialog>
    </details>
  );
}

function Version({ incident, version }: { incident: string; version: number }) {
  const text = useReviewText();
  const { data } = useQuery({
    queryKey: [...keys.reviewVersions(incident), version],
    queryFn: () => readVersion(incident, version),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data ? <Markdown>{data.text}</Markdown> : <Spinner label={text("loading")} />;
}
