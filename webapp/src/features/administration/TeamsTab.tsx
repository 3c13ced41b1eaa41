import type { Team } from "@mattermost/types/teams";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { chat, messageOf } from "@/api";
import { Link, paths } from "@/host";
import {
  Badge,
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  Spinner,
  settings,
  TextField,
  toast,
} from "@/ui";
import styles from "./Administration.module.css";
import { Failure, useAgain } from "./deeds";
import { teamsAndArchivedQuery } from "./questions";
import { useAdministrationText } from "./text";

/** All teams: how they are called, who may come in, and whether they are in use. */
export function TeamsTab() {
  const text = useAdministrationText();
  const { data, error, refetch } = useQuery(teamsAndArchivedQuery);
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!data) return <Spinner />;
  const teams = [...data.filter((team) => !isArchived(team)), ...data.filter(isArchived)];
  const more = <Link href={paths.selectTeam}>{text("makeTeam")}</Link>;
  if (teams.length === 0)
    return (
      <EmptyState title={text("noTeams")} action={more}>
        {text("noTeamsWhy")}
      </EmptyState>
    );
  return (
    <div className={settings.form}>
      <ul className={styles.list}>
        {teams.map((team) => (
          <TeamCard key={team.id} team={team} />
        ))}
      </ul>
      {more}
    </div>
  );
}

function isArchived(team: Team): boolean {
  return team.delete_at > 0;
}

function TeamCard({ team }: { team: Team }) {
  const text = useAdministrationText();
  const [isRenamed, setRenamed] = useState(false);
  return (
    <li className={styles.card}>
      {isRenamed ? (
        <NameForm team={team} onClose={() => setRenamed(false)} />
      ) : (
        <div className={settings.row}>
          <h2 className={settings.heading}>{team.display_name}</h2>
          {isArchived(team) && <Badge>{text("archived")}</Badge>}
          <Button
            size="s"
            aria-label={text("renameTeam", { team: team.display_name })}
            onPress={() => setRenamed(true)}
          >
            {text("rename")}
          </Button>
          <ArchiveButton team={team} />
        </div>
      )}
      {!isArchived(team) && <Invitation team={team} />}
    </li>
  );
}

function NameForm({ team, onClose }: { team: Team; onClose: () => void }) {
  const text = useAdministrationText();
  const again = useAgain("teams");
  const [name, setName] = useState(team.display_name);
  const save = useMutation({
    mutationFn: () => chat.patchTeam({ id: team.id, display_name: name }),
    onSuccess: async () => {
      await again();
      onClose();
    },
  });
  return (
    <form
      className={styles.making}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Failure of={save.error} />
      <TextField
        label={text("teamName")}
        isRequired
        minLength={2}
        maxLength={64}
        value={name}
        onChange={setName}
        autoFocus
      />
      <Button type="submit" variant="primary" isPending={save.isPending}>
        {text("save")}
      </Button>
      <Button onPress={onClose}>{text("cancel")}</Button>
    </form>
  );
}

/** Takes a team out of use, or brings it back; nothing of it is lost. */
function ArchiveButton({ team }: { team: Team }) {
  const text = useAdministrationText();
  const again = useAgain("teams");
  const [isAsked, setAsked] = useState(false);
  const onError = (error: Error) => toast({ text: messageOf(error) ?? text("failed"), tone: "danger" });
  const restore = useMutation({ mutationFn: () => chat.unarchiveTeam(team.id), onSuccess: again, onError });
  const archive = useMutation({
    mutationFn: () => chat.deleteTeam(team.id),
    onSuccess: () => {
      toast({ text: text("teamArchived", { team: team.display_name }), onUndo: () => restore.mutate() });
      return again();
    },
    onError,
  });
  if (isArchived(team))
    return (
      <Button size="s" isPending={restore.isPending} onPress={() => restore.mutate()}>
        {text("restore")}
      </Button>
    );
  return (
    <>
      <Button size="s" isPending={archive.isPending} onPress={() => setAsked(true)}>
        {text("archive")}
      </Button>
      <ConfirmDialog
        title={text("archiveTeam", { team: team.display_name })}
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        confirm={text("archive")}
        isDanger
        onConfirm={() => {
          archive.mutate();
          setAsked(false);
        }}
      >
        {text("archiveTeamWhy")}
      </ConfirmDialog>
    </>
  );
}

function Invitation({ team }: { team: Team }) {
  const text = useAdministrationText();
  const again = useAgain("teams");
  const link = `${window.location.origin}/signup_user_complete?id=${team.invite_id}`;
  const renew = useMutation({
    mutationFn: () => chat.regenerateTeamInviteId(team.id),
    onSuccess: again,
    onError: (error) => toast({ text: messageOf(error) ?? text("failed"), tone: "danger" }),
  });
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    toast({ text: text("copied") });
  };
  return (
    <>
      <p className={settings.quiet}>{text("invitationLink")}</p>
      <p className={styles.code}>{link}</p>
      <div className={settings.row}>
        <Button size="s" onPress={() => void copy()}>
          {text("copyLink")}
        </Button>
        <Button size="s" isPending={renew.isPending} onPress={() => renew.mutate()}>
          {text("renewLink")}
        </Button>
      </div>
    </>
  );
}
