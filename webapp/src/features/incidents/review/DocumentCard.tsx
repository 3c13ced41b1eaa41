import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Incident, messageOf, nameOf, statusOf, usePlace, useUser } from "@/api";
import { Link, paths, useLeaveGuard, useTeam } from "@/host";
import {
  Badge,
  Banner,
  Button,
  ConfirmDialog,
  ErrorState,
  Markdown,
  Spinner,
  TextField,
  toast,
  useTimeText,
  useTimeZone,
} from "@/ui";
import {
  type DocumentStatus,
  documentQuery,
  type ReviewDocument,
  usePutStatus,
  useSaveDocument,
} from "./documentQuestions";
import { ExportLinks } from "./ExportLinks";
import styles from "./Review.module.css";
import { useReviewText } from "./text";
import { Versions } from "./Versions";

const ROWS = 24;

/** What people write about the incident. */
export function DocumentCard({ incident, canWrite }: { incident: Incident; canWrite: boolean }) {
  const text = useReviewText();
  const zone = useTimeZone();
  const { data, error, refetch } = useQuery(documentQuery(incident.id, zone));
  return (
    <section className={styles.card} aria-labelledby="review-document">
      <h2 id="review-document" className={styles.title}>
        {text("document")}
      </h2>
      {data ? (
        <Document incident={incident} document={data} canWrite={canWrite} />
      ) : error ? (
        <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />
      ) : (
        <Spinner label={text("loading")} />
      )}
    </section>
  );
}

interface DocumentProps {
  incident: Incident;
  /** As it is now on the server. */
  document: ReviewDocument;
  canWrite: boolean;
}

/** `mine` is what is being written, and the version that it began with. */
function Document({ incident, document, canWrite }: DocumentProps) {
  const text = useReviewText();
  const [mine, setMine] = useState<{ text: string; version: number } | null>(null);
  const [leaving, setLeaving] = useState<(() => void) | null>(null);
  const save = useSaveDocument(incident.id);
  const isChanged = mine !== null && mine.text !== document.text;
  const isOutdated = isChanged && mine.version !== document.version;
  useLeaveGuard(isChanged ? (leave) => setLeaving(() => leave) : null);
  const complain = (failure: unknown) => {
    if (statusOf(failure) !== 409) {
      toast({ text: messageOf(failure) ?? text("notReached"), tone: "danger" });
    }
  };
  const stopWriting = () => {
    setMine(null);
    setLeaving(null);
  };
  const saveOver = (version: number) => {
    save.mutate(
      { text: mine?.text ?? document.text, version },
      {
        onSuccess: (saved) => {
          setMine(null);
          toast({ text: text("saved", { version: saved.version }) });
        },
        onError: complain,
      },
    );
  };
  return (
    <>
      <Standing incident={incident} document={document} isChanged={isChanged} />
      {isOutdated && (
        <Conflict
          document={document}
          onTakeTheirs={() => setMine(null)}
          onSaveMine={() => saveOver(document.version)}
        />
      )}
      {mine === null ? (
        <div className={styles.document}>
          <Markdown>{document.text}</Markdown>
        </div>
      ) : (
        <TextField
          label={text("document")}
          hidesLabel
          rows={ROWS}
          help={text("writeHint")}
          value={mine.text}
          onChange={(changed) => setMine({ ...mine, text: changed })}
        />
      )}
      {canWrite && (
        <div className={styles.deeds}>
          {mine === null ? (
            <Button onPress={() => setMine({ text: document.text, version: document.version })}>
              {text("edit")}
            </Button>
          ) : (
            <Preview
              text={mine.text}
              onClose={() => (isChanged ? setLeaving(() => stopWriting) : stopWriting())}
            />
          )}
          {(isChanged || document.version === 0) && !isOutdated && (
            <Button
              variant="primary"
              isPending={save.isPending}
              onPress={() => saveOver(mine?.version ?? document.version)}
            >
              {text("save")}
            </Button>
          )}
          {document.version > 0 && !isChanged && <StatusDeeds document={document} onRefused={complain} />}
        </div>
      )}
      {!isChanged && <ExportLinks incident={incident.id} />}
      {document.version > 0 && <Versions incident={incident.id} />}
      <ConfirmDialog
        title={text("discardTitle")}
        isOpen={leaving !== null}
        onClose={() => setLeaving(null)}
        confirm={text("discard")}
        isDanger
        onConfirm={() => leaving?.()}
      >
        {text("discardQuestion")}
      </ConfirmDialog>
    </>
  );
}

function Standing({
  incident,
  document,
  isChanged,
}: {
  incident: Incident;
  document: ReviewDocument;
  isChanged: boolean;
}) {
  const text = useReviewText();
  const time = useTimeText();
  const team = useTeam();
  const { hasChannel } = usePlace(incident);
  const editor = useUser(document.editor_id);
  const status = document.status as DocumentStatus;
  if (document.version === 0) {
    return <p className={styles.hint}>{text(isChanged ? "notSaved" : "documentHint")}</p>;
  }
  const name = editor ? nameOf(editor) : "";
  const at = time.moment(document.update_at);
  return (
    <p className={styles.hint}>
      <Badge>{text(`status_${status}`)}</Badge>{" "}
      {isChanged ? text("notSaved") : text("lastSaved", { version: document.version, name, at })}{" "}
      {document.discussion_post_id !== "" && hasChannel && (
        <Link className={styles.inText} href={paths.post(team.name, document.discussion_post_id)}>
          {text("openComments")}
        </Link>
      )}
    </p>
  );
}

interface ConflictProps {
  document: ReviewDocument;
  onTakeTheirs: () => void;
  onSaveMine: () => void;
}

function Conflict({ document, onTakeTheirs, onSaveMine }: ConflictProps) {
  const text = useReviewText();
  const editor = useUser(document.editor_id);
  return (
    <Banner tone="warning">
      <p>{text("changedMeanwhile", { name: editor ? nameOf(editor) : "" })}</p>
      <div className={styles.deeds}>
        <Button size="s" onPress={onTakeTheirs}>
          {text("takeTheirs")}
        </Button>
        <Button size="s" onPress={onSaveMine}>
          {text("saveMine")}
        </Button>
      </div>
    </Banner>
  );
}

/** What is being written, as it will look, beside the field: the place in the text is kept. */
function Preview({ text: written, onClose }: { text: string; onClose: () => void }) {
  const text = useReviewText();
  const [isShown, setShown] = useState(false);
  return (
    <>
      <Button onPress={() => setShown(!isShown)} aria-pressed={isShown}>
        {text("preview")}
      </Button>
      <Button onPress={onClose}>{text("discard")}</Button>
      {isShown && (
        <section className={styles.document} aria-label={text("preview")}>
          <Markdown>{written}</Markdown>
        </section>
      )}
    </>
  );
}

function StatusDeeds({
  document,
  onRefused,
}: {
  document: ReviewDocument;
  onRefused: (failure: unknown) => void;
}) {
  const text = useReviewText();
  const put = usePutStatus(document.incident_id);
  const to = (status: DocumentStatus) =>
    put.mutate(
      { status, version: document.version },
      {
        onSuccess: () => status === "published" && toast({ text: text("published") }),
        onError: onRefused,
      },
    );
  return (
    <>
      {document.status === "draft" && (
        <Button isPending={put.isPending} onPress={() => to("in_review")}>
          {text("askForComments")}
        </Button>
      )}
      {document.status === "in_review" && (
        <Button isPending={put.isPending} onPress={() => to("draft")}>
          {text("backToDraft")}
        </Button>
      )}
      {document.status !== "published" && (
        <Button variant="primary" isPending={put.isPending} onPress={() => to("published")}>
          {text("publish")}
        </Button>
      )}
    </>
  );
}
