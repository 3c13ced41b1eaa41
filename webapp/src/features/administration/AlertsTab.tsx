import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { bodyOf, incidentApi, messageOf, nameOf, playbooksQuery, useUser, type Wire } from "@/api";
import {
  Badge,
  Banner,
  Button,
  ComboBox,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  Select,
  Spinner,
  settings,
  TextField,
  toast,
} from "@/ui";
import styles from "./Administration.module.css";
import { alertSourcesQuery, allTeamsQuery, peopleOfTeamQuery } from "./questions";
import { useAdministrationText } from "./text";

type Source = Wire["AlertSourceShape"];
type Kind = "alertmanager" | "pagerduty";

const GROUPINGS = ["group", "source"] as const;
const KINDS: readonly Kind[] = ["alertmanager", "pagerduty"];

/** Who sends alerts that start incidents, a team at a time. */
export function AlertsTab() {
  const text = useAdministrationText();
  const { data: teams, error, refetch } = useQuery(allTeamsQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!teams) return <Spinner />;
  const team = chosen ?? teams[0]?.id;
  if (team === undefined) return <EmptyState title={text("noTeams")}>{text("noTeamsWhy")}</EmptyState>;
  return (
    <div className={settings.form}>
      <p className={settings.quiet}>{text("alertsWhy")}</p>
      <Select
        label={text("team")}
        options={teams.map((one) => ({ id: one.id, text: one.display_name }))}
        selected={team}
        onSelect={setChosen}
      />
      <Sources key={team} team={team} />
    </div>
  );
}

function Sources({ team }: { team: string }) {
  const text = useAdministrationText();
  const { data: sources, error, refetch } = useQuery(alertSourcesQuery(team));
  // Shown until one goes on: the server does not give it a second time.
  const [given, setGiven] = useState<{ name: string; token: string } | null>(null);
  const again = () => void refetch();
  if (error) return <ErrorState message={messageOf(error)} onRetry={again} />;
  if (!sources) return <Spinner />;
  return (
    <>
      {given && (
        <Banner tone="success">
          {text("sourceToken", { name: given.name })} <span className={styles.code}>{given.token}</span>
        </Banner>
      )}
      {sources.length === 0 && <p className={settings.quiet}>{text("noSources")}</p>}
      <ul className={styles.list}>
        {sources.map((source) => (
          <SourceCard
            key={source.id}
            source={source}
            onToken={(token) => setGiven({ name: source.name, token })}
            onGone={() => {
              setGiven(null);
              again();
            }}
            onChanged={again}
          />
        ))}
      </ul>
      <SourceForm
        team={team}
        before={null}
        onSaved={(made) => {
          setGiven({ name: made.name, token: made.token });
          again();
        }}
      />
    </>
  );
}

interface SourceCardProps {
  source: Source;
  onToken: (token: string) => void;
  onGone: () => void;
  onChanged: () => void;
}

function SourceCard({ source, onToken, onGone, onChanged }: SourceCardProps) {
  const text = useAdministrationText();
  const commander = useUser(source.commander_id);
  const { data: playbooks } = useQuery(playbooksQuery(source.team_id));
  const [asked, setAsked] = useState<"renew" | "delete" | null>(null);
  const [isEdited, setEdited] = useState(false);
  const where = { params: { path: { alert_source_id: source.id } } };
  const onError = (error: Error) => toast({ text: messageOf(error) ?? text("failed"), tone: "danger" });
  const renew = useMutation({
    mutationFn: () => bodyOf(incidentApi.POST("/alert-sources/{alert_source_id}/token", where)),
    onSuccess: ({ token }) => onToken(token),
    onError,
  });
  const remove = useMutation({
    mutationFn: () => incidentApi.DELETE("/alert-sources/{alert_source_id}", where),
    onSuccess: onGone,
    onError,
  });
  const playbook = playbooks?.find((one) => one.id === source.playbook_id)?.title;
  if (isEdited) {
    const close = () => setEdited(false);
    const saved = () => {
      close();
      onChanged();
    };
    return (
      <li>
        <SourceForm team={source.team_id} before={source} onSaved={saved} onCancel={close} />
      </li>
    );
  }
  return (
    <li className={styles.card}>
      <div className={settings.row}>
        <h2 className={settings.heading}>{source.name}</h2>
        <Badge>{text(source.kind as Kind)}</Badge>
      </div>
      <p className={settings.quiet}>
        {text("sourceStarts", {
          playbook: playbook ?? text("unknown"),
          commander: commander ? nameOf(commander) : text("unknown"),
        })}
      </p>
      <p className={styles.code}>{source.url}</p>
      <div className={settings.row}>
        <Button size="s" onPress={() => setEdited(true)}>
          {text("edit")}
        </Button>
        <Button size="s" isPending={renew.isPending} onPress={() => setAsked("renew")}>
          {text("renewToken")}
        </Button>
        <Button size="s" variant="danger" isPending={remove.isPending} onPress={() => setAsked("delete")}>
          {text("delete")}
        </Button>
      </div>
      <ConfirmDialog
        title={text(asked === "renew" ? "renewTokenTitle" : "deleteSourceTitle", { name: source.name })}
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        confirm={text(asked === "renew" ? "renewToken" : "deleteSource")}
        isDanger
        onConfirm={() => {
          if (asked === "renew") renew.mutate();
          else remove.mutate();
          setAsked(null);
        }}
      >
        {text(asked === "renew" ? "renewTokenWhy" : "deleteSourceWhy")}
      </ConfirmDialog>
    </li>
  );
}

interface SourceFormProps {
  team: string;
  /** The source that is changed; null while a new one is made. */
  before: Source | null;
  onSaved: (saved: Source) => void;
  onCancel?: () => void;
}

function SourceForm({ team, before, onSaved, onCancel }: SourceFormProps) {
  const text = useAdministrationText();
  const { data: playbooks } = useQuery(playbooksQuery(team));
  const { data: people } = useQuery(peopleOfTeamQuery(team));
  const [name, setName] = useState(before?.name ?? "");
  const [kind, setKind] = useState<string | null>(before?.kind ?? KINDS[0] ?? null);
  const [playbook, setPlaybook] = useState<string | null>(before?.playbook_id ?? null);
  const [commander, setCommander] = useState<string | null>(before?.commander_id ?? null);
  const [grouping, setGrouping] = useState(before?.grouping ?? "group");
  const save = useMutation({
    mutationFn: () => {
      const wish = { name, playbook_id: playbook ?? "", commander_id: commander ?? "", grouping };
      if (!before) {
        return bodyOf(
          incidentApi.POST("/alert-sources", { body: { ...wish, team_id: team, kind: kind ?? "" } }),
        );
      }
      const path = { alert_source_id: before.id };
      return bodyOf(incidentApi.PUT("/alert-sources/{alert_source_id}", { params: { path }, body: wish }));
    },
    onSuccess: (saved) => {
      if (!before) setName("");
      onSaved(saved);
    },
  });
  return (
    <form
      className={styles.card}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <h2 className={settings.heading}>
        {before ? text("editSource", { name: before.name }) : text("newSource")}
      </h2>
      {save.error && <Banner tone="danger">{messageOf(save.error) ?? text("failed")}</Banner>}
      <TextField label={text("name")} isRequired value={name} onChange={setName} />
      {!before && (
        <Select
          label={text("sender")}
          options={KINDS.map((id) => ({ id, text: text(id) }))}
          selected={kind}
          onSelect={setKind}
        />
      )}
      <ComboBox
        label={text("startsFrom")}
        options={(playbooks ?? []).map((one) => ({ id: one.id, text: one.title }))}
        selected={playbook}
        onSelect={setPlaybook}
        isRequired
      />
      <ComboBox
        label={text("commander")}
        options={(people ?? []).map((one) => ({ id: one.id, text: nameOf(one) }))}
        selected={commander}
        onSelect={setCommander}
        isRequired
      />
      <Select
        label={text("grouping")}
        options={GROUPINGS.map((id) => ({ id, text: text(`grouping_${id}`) }))}
        selected={grouping}
        onSelect={(id) => setGrouping(id ?? "group")}
      />
      <div className={settings.row}>
        <Button type="submit" variant="primary" isPending={save.isPending}>
          {text(before ? "save" : "makeSource")}
        </Button>
        {onCancel && <Button onPress={onCancel}>{text("cancel")}</Button>}
      </div>
    </form>
  );
}
