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
    <div className={styles.form}>
      <p className={styles.quiet}>{text("alertsWhy")}</p>
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
      {sources.length === 0 && <p className={styles.quiet}>{text("noSources")}</p>}
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
          />
        ))}
      </ul>
      <NewSource
        team={team}
        onMade={(made) => {
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
}

function SourceCard({ source, onToken, onGone }: SourceCardProps) {
  const text = useAdministrationText();
  const commander = useUser(source.commander_id);
  const { data: playbooks } = useQuery(playbooksQuery(source.team_id));
  const [asked, setAsked] = useState<"renew" | "delete" | null>(null);
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
  return (
    <li className={styles.card}>
      <div className={styles.row}>
        <h2 className={styles.heading}>{source.name}</h2>
        <Badge>{text(source.kind as Kind)}</Badge>
      </div>
      <p className={styles.quiet}>
        {text("sourceStarts", {
          playbook: playbook ?? text("unknown"),
          commander: commander ? nameOf(commander) : text("unknown"),
        })}
      </p>
      <p className={styles.code}>{source.url}</p>
      <div className={styles.row}>
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

function NewSource({ team, onMade }: { team: string; onMade: (made: Source) => void }) {
  const text = useAdministrationText();
  const { data: playbooks } = useQuery(playbooksQuery(team));
  const { data: people } = useQuery(peopleOfTeamQuery(team));
  const [name, setName] = useState("");
  const [kind, setKind] = useState<string | null>(KINDS[0] ?? null);
  const [playbook, setPlaybook] = useState<string | null>(null);
  const [commander, setCommander] = useState<string | null>(null);
  const [grouping, setGrouping] = useState("group");
  const make = useMutation({
    mutationFn: () =>
      bodyOf(
        incidentApi.POST("/alert-sources", {
          body: {
            name,
            team_id: team,
            kind: kind ?? "",
            playbook_id: playbook ?? "",
            commander_id: commander ?? "",
            grouping,
          },
        }),
      ),
    onSuccess: (made) => {
      setName("");
      onMade(made);
    },
  });
  return (
    <form
      className={styles.card}
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <h2 className={styles.heading}>{text("newSource")}</h2>
      {make.error && <Banner tone="danger">{messageOf(make.error) ?? text("failed")}</Banner>}
      <TextField label={text("name")} isRequired value={name} onChange={setName} />
      <Select
        label={text("sender")}
        options={KINDS.map((id) => ({ id, text: text(id) }))}
        selected={kind}
        onSelect={setKind}
      />
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
      <div className={styles.row}>
        <Button type="submit" variant="primary" isPending={make.isPending}>
          {text("makeSource")}
        </Button>
      </div>
    </form>
  );
}
