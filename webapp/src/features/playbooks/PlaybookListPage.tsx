import { useQuery } from "@tanstack/react-query";
import { BookOpen, BookOpenCheck, ChartColumn, Plus, ShieldAlert, Upload } from "lucide-react";
import { useState } from "react";
import { messageOf, type Playbook, playbooksQuery, statusOf } from "@/api";
import { navigate, paths, useSearchParam, useTeam } from "@/host";
import {
  Banner,
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  FileButton,
  Pager,
  SectionBar,
  type Sort,
  Spinner,
  TextField,
} from "@/ui";
import { useDeletePlaybook, useImportPlaybook } from "./deeds";
import styles from "./PlaybookListPage.module.css";
import { PlaybookTable } from "./PlaybookTable";
import { found } from "./playbookSearch";
import { useMayMakePlaybooks } from "./questions";
import { Templates } from "./Templates";
import { usePlaybooksText } from "./text";

const PER_PAGE = 15;

export default function PlaybookListPage() {
  const text = usePlaybooksText();
  const team = useTeam();
  return (
    <>
      <SectionBar
        label={text("mainMenu")}
        sections={[
          {
            href: paths.playbooks(team.name),
            icon: <BookOpenCheck size={18} aria-hidden="true" />,
            title: text("playbooks"),
            isCurrent: true,
          },
          {
            href: paths.incidents(team.name),
            icon: <ShieldAlert size={18} aria-hidden="true" />,
            title: text("incidents"),
            isCurrent: false,
          },
          {
            href: paths.dashboard(team.name),
            icon: <ChartColumn size={18} aria-hidden="true" />,
            title: text("dashboard"),
            isCurrent: false,
          },
        ]}
        closeLabel={text("backToChannels")}
        onClose={() => navigate(paths.channel(team.name, "town-square"))}
      />
      <div className={styles.scroller}>
        <PlaybookList key={team.id} />
      </div>
    </>
  );
}

function PlaybookList() {
  const text = usePlaybooksText();
  const team = useTeam();
  const mayMake = useMayMakePlaybooks();
  const { data: playbooks, error, refetch } = useQuery(playbooksQuery(team.id));
  return (
    <>
      {mayMake && <Templates />}
      <section className={styles.content}>
        <div className={styles.headline}>
          <h1 className={styles.title}>
            {text("playbooks")} <span className={styles.team}>({team.displayName})</span>
          </h1>
          {mayMake && <MakeButtons />}
        </div>
        {mayMake === false && <Banner>{text("mayNotMake")}</Banner>}
        {error ? (
          <ErrorState
            message={statusOf(error) === 403 ? text("guestsSeeNone") : messageOf(error)}
            onRetry={() => void refetch()}
          />
        ) : playbooks === undefined ? (
          <Spinner label={text("loading")} />
        ) : playbooks.length === 0 ? (
          <NoPlaybooks mayMake={mayMake} />
        ) : (
          <FoundPlaybooks playbooks={playbooks} mayMake={mayMake ?? false} />
        )}
      </section>
    </>
  );
}

function MakeButtons() {
  const text = usePlaybooksText();
  const team = useTeam();
  const upload = useImportPlaybook();
  return (
    <div className={styles.buttons}>
      <FileButton
        icon={<Upload size={16} />}
        accept={[".json", "application/json"]}
        isPending={upload.isPending}
        onFile={(file) => upload.mutate(file)}
      >
        {text("import")}
      </FileButton>
      <Button
        variant="primary"
        icon={<Plus size={16} />}
        onPress={() => navigate(paths.newPlaybook(team.name))}
      >
        {text("create")}
      </Button>
    </div>
  );
}

function NoPlaybooks({ mayMake }: { mayMake: boolean | undefined }) {
  const text = usePlaybooksText();
  const team = useTeam();
  return (
    <EmptyState
      title={text("whatIsAPlaybook")}
      icon={<BookOpen size={26} />}
      action={
        mayMake && (
          <Button
            variant="primary"
            icon={<Plus size={16} />}
            onPress={() => navigate(paths.newPlaybook(team.name))}
          >
            {text("newPlaybook")}
          </Button>
        )
      }
    >
      {text("aPlaybookIs")}
    </EmptyState>
  );
}

function FoundPlaybooks({ playbooks, mayMake }: { playbooks: readonly Playbook[]; mayMake: boolean }) {
  const text = usePlaybooksText();
  const [term, setTerm] = useSearchParam("search");
  const [sort, setSort] = useState<Sort>({ column: "title", direction: "asc" });
  const [wantedPage, setPage] = useState(0);
  const [deleting, setDeleting] = useState<Playbook | null>(null);
  const deletion = useDeletePlaybook();
  const matching = found(playbooks, term, sort);
  const page = Math.min(wantedPage, Math.max(0, Math.ceil(matching.length / PER_PAGE) - 1));
  return (
    <>
      {(playbooks.length > 1 || term !== "") && (
        <div className={styles.search}>
          <TextField
            label={text("searchByName")}
            hidesLabel
            type="search"
            placeholder={text("searchByName")}
            value={term}
            onChange={(typed) => {
              setTerm(typed);
              setPage(0);
            }}
          />
        </div>
      )}
      {matching.length === 0 ? (
        <EmptyState
          title={text("noneFound", { term })}
          action={<Button onPress={() => setTerm("")}>{text("showAll")}</Button>}
        />
      ) : (
        <>
          <PlaybookTable
            playbooks={matching.slice(page * PER_PAGE, (page + 1) * PER_PAGE)}
            sort={sort}
            onSort={(next) => {
              setSort(next);
              setPage(0);
            }}
            onDelete={setDeleting}
            mayMake={mayMake}
          />
          <Pager page={page} perPage={PER_PAGE} total={matching.length} onPage={setPage} />
        </>
      )}
      <ConfirmDialog
        title={text("confirmDeletion")}
        isOpen={deleting !== null}
        onClose={() => setDeleting(null)}
        confirm={text("deletePlaybook")}
        isDanger
        onConfirm={() => {
          if (deleting) deletion.mutate(deleting);
          setDeleting(null);
        }}
      >
        {text("deletionQuestion", { title: deleting?.title })}
      </ConfirmDialog>
    </>
  );
}
