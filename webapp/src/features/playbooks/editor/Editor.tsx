import { ArrowLeft } from "lucide-react";
import { lazy, Suspense, useEffect, useReducer, useRef, useState } from "react";
import { nameOf, useUser } from "@/api";
import { navigate, paths, useIsNarrow, useLeaveGuard, useMe, useTeam } from "@/host";
import { announcePolitely, Button, ConfirmDialog, IconButton, Spinner, Tabs, toast } from "@/ui";
import type { PlaybookSaved } from "../live";
import type { ReadPlaybook } from "../questions";
import { usePlaybooksText } from "../text";
import { ChangedMeanwhile } from "./ChangedMeanwhile";
import { changed } from "./changes";
import { type Draft, draftOf, isSame } from "./draft";
import { EditableText } from "./EditableText";
import { EditorContext } from "./EditorContext";
import styles from "./EditorPage.module.css";
import { Permissions } from "./Permissions";
import { PreferencesTab } from "./PreferencesTab";
import { TasksTab } from "./TasksTab";
import { useDropping } from "./useDropping";
import { useEditorWork } from "./useEditorWork";
import { useReviewPlan } from "./useReviewPlan";
import { type HowToSave, useSavePlaybook } from "./useSavePlaybook";

const ProposalsTab = lazy(() => import("../proposals/ProposalsTab"));

export type EditorProps =
  | { read: null; start: Draft; saved: Draft; lastSave?: undefined; cannotRead?: undefined }
  | {
      /** The playbook as it is now on the server. */
      read: ReadPlaybook;
      lastSave: PlaybookSaved | null;
      /** It could be read before, and cannot any more. */
      cannotRead: boolean;
      start?: undefined;
      saved?: undefined;
    };

export function Editor({ read, start, saved, lastSave, cannotRead = false }: EditorProps) {
  const text = usePlaybooksText();
  const team = useTeam();
  const isNarrow = useIsNarrow();
  const [base, setBase] = useState(read);
  const [unchanged, setUnchanged] = useState<Draft>(() => saved ?? draftOf(read.playbook));
  const [draft, dispatch] = useReducer(changed, start ?? unchanged);
  const [work, lifted] = useEditorWork(draft, dispatch);
  const scroller = useRef<HTMLDivElement>(null);
  useDropping(work, scroller);
  const [tab, setTab] = useState("tasks");
  const [leaving, setLeaving] = useState<(() => void) | null>(null);
  const review = useReviewPlan(base?.playbook.id ?? null);
  const save = useSavePlaybook(base, () => setTab("preferences"));
  const saveIt = (how: HowToSave) => save.mutate({ draft, review, how });

  const isChanged = !isSame(draft, unchanged);
  const isOutdated = read !== null && base !== null && read.etag !== base.etag;
  const adopt = (theirs: ReadPlaybook) => {
    const loaded = draftOf(theirs.playbook);
    setBase(theirs);
    setUnchanged(loaded);
    dispatch({ kind: "loaded", draft: loaded });
  };
  useFollowing(isOutdated && !isChanged && !save.isPending && !save.isSuccess ? read : null, lastSave, adopt);
  const isUnsaved = isChanged || review.isChanged;
  useLeaveGuard(isUnsaved ? (leave) => setLeaving(() => leave) : null);

  const isInTheWay = (isOutdated && isChanged) || cannotRead || (read?.playbook.delete_at ?? 0) > 0;
  const permissions = <Permissions draft={draft} />;
  const tabs = [
    { id: "tasks", title: text("tasks"), content: <TasksTab stages={draft.stages} lifted={lifted} /> },
    {
      id: "preferences",
      title: text("preferences"),
      content: <PreferencesTab draft={draft} review={review} />,
    },
    ...(base !== null
      ? [
          {
            id: "proposals",
            title: text("proposals"),
            content: (
              <Suspense fallback={<Spinner label={text("loading")} />}>
                <ProposalsTab playbook={base.playbook.id} isUnsaved={isUnsaved} />
              </Suspense>
            ),
          },
        ]
      : []),
    ...(isNarrow
      ? [
          {
            id: "permissions",
            title: text("permissions"),
            content: <div className={styles.tab}>{permissions}</div>,
          },
        ]
      : []),
  ];
  return (
    <EditorContext value={work}>
      <header className={styles.bar}>
        <IconButton
          label={text("backToPlaybooks")}
          icon={<ArrowLeft size={20} />}
          onPress={() => navigate(paths.playbooks(team.name))}
        />
        <div className={styles.names}>
          <h1 className={styles.name}>
            <EditableText
              label={text("playbookName")}
              value={draft.title}
              placeholder={text("untitled")}
              onChange={(title) => dispatch({ kind: "set", fields: { title } })}
              isRequired
              look="title"
            />
          </h1>
          <EditableText
            label={text("playbookDescription")}
            value={draft.description}
            placeholder={text("playbookDescription")}
            onChange={(description) => dispatch({ kind: "set", fields: { description } })}
            look="description"
          />
        </div>
        {isUnsaved && base !== null && <span className={styles.unsaved}>{text("unsaved")}</span>}
        <Button variant="primary" isPending={save.isPending} onPress={() => saveIt("safely")}>
          {text("save")}
        </Button>
      </header>
      {isInTheWay && !save.isSuccess && (
        <ChangedMeanwhile
          read={read}
          lastSave={lastSave ?? null}
          cannotRead={cannotRead}
          isPending={save.isPending}
          isAsked={save.isRefused}
          onTakeTheirs={() => read && adopt(read)}
          onCopyMine={() => saveIt("as a copy")}
          onOverwrite={() => saveIt("over theirs")}
        />
      )}
      <div className={styles.columns}>
        <div className={styles.main} ref={scroller}>
          <Tabs label={text("partsOfPlaybook")} tabs={tabs} selected={tab} onSelect={setTab} />
        </div>
        {!isNarrow && (
          <aside className={styles.side} aria-labelledby="permissions">
            <h2 id="permissions" className={styles.sideTitle}>
              {text("permissions")}
            </h2>
            {permissions}
          </aside>
        )}
      </div>
      <ConfirmDialog
        title={text("confirmDiscard")}
        isOpen={leaving !== null}
        onClose={() => setLeaving(null)}
        confirm={text("discard")}
        isDanger
        onConfirm={() => {
          setLeaving(null);
          leaving?.();
        }}
      >
        {text("discardQuestion")}
      </ConfirmDialog>
    </EditorContext>
  );
}

/** While nothing is changed here, the editor shows what others save, and says so. */
function useFollowing(
  theirs: ReadPlaybook | null,
  lastSave: PlaybookSaved | null | undefined,
  adopt: (theirs: ReadPlaybook) => void,
): void {
  const text = usePlaybooksText();
  const me = useMe();
  const who = useUser(lastSave?.user_id ?? "");
  const adopting = useRef(adopt);
  useEffect(() => {
    adopting.current = adopt;
  });
  const isOther = lastSave !== null && lastSave !== undefined && lastSave.user_id !== me.id;
  const name = who ? nameOf(who) : null;
  useEffect(() => {
    if (theirs === null) return;
    adopting.current(theirs);
    const words = text("nowAsSaved", { name: (isOther && name) || text("somebody") });
    if (isOther) toast({ text: words });
    else announcePolitely(words);
  }, [theirs, isOther, name, text]);
}
