import { useQuery } from "@tanstack/react-query";
import { BookX } from "lucide-react";
import { useEffect, useState } from "react";
import { cache, keys, messageOf, statusOf } from "@/api";
import { navigate, type PageProps, paths, useMe, useSearchParam, useTeam } from "@/host";
import { Button, EmptyState, ErrorState, Spinner } from "@/ui";
import { onPlaybookSaved, type PlaybookSaved } from "../live";
import { readPlaybook } from "../questions";
import { usePlaybooksText } from "../text";
import { blankDraft, draftOfTemplate } from "./draft";
import { Editor } from "./Editor";

const NEW = "new";

/** The editor of a playbook, or of a new one: `playbooks/new?template_title=...`. */
export default function EditorPage({ params: { id = "" } }: PageProps) {
  const [template] = useSearchParam("template_title");
  return id === NEW ? (
    <NewPlaybook key={template} template={template} />
  ) : (
    <ExistingPlaybook key={id} id={id} />
  );
}

function NewPlaybook({ template }: { template: string }) {
  const me = useMe();
  const [blank] = useState(() => blankDraft(me.id));
  const [start] = useState(() => (template === "" ? blank : draftOfTemplate(template, me.id)));
  return <Editor start={start} saved={template === "" ? start : blank} read={null} />;
}

function ExistingPlaybook({ id }: { id: string }) {
  const text = usePlaybooksText();
  const team = useTeam();
  const { data, error, refetch } = useQuery({
    queryKey: keys.playbookEdited(id),
    queryFn: () => readPlaybook(id),
    // An editor begins with what is saved at that moment.
    gcTime: 0,
  });
  const lastSave = useLastSave(id);
  if (data) return <Editor read={data} lastSave={lastSave} cannotRead={statusOf(error) > 0} />;
  if (!error) return <Spinner label={text("loading")} />;
  if (statusOf(error) === 0 || statusOf(error) === 503) {
    return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  }
  return (
    <EmptyState
      isPage
      title={text("notFound")}
      icon={<BookX size={26} />}
      action={
        <Button variant="primary" onPress={() => navigate(paths.playbooks(team.name))}>
          {text("backToPlaybooks")}
        </Button>
      }
    >
      {text("notFoundWhy")}
    </EmptyState>
  );
}

/** The last time that anybody saved the playbook while it is open here. It is read anew then. */
function useLastSave(id: string): PlaybookSaved | null {
  const [last, setLast] = useState<PlaybookSaved | null>(null);
  useEffect(
    () =>
      onPlaybookSaved((saved) => {
        if (saved.id !== id) return;
        setLast(saved);
        void cache.invalidateQueries({ queryKey: keys.playbookEdited(id) });
      }),
    [id],
  );
  return last;
}
