import type { Team } from "@mattermost/types/teams";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { chat, messageOf } from "@/api";
import { Button, EmptyState, ErrorState, Spinner, settings, toast } from "@/ui";
import styles from "./Administration.module.css";
import { adminKey, allTeamsQuery } from "./questions";
import { useAdministrationText } from "./text";

export function TeamsTab() {
  const text = useAdministrationText();
  const { data: teams, error, refetch } = useQuery(allTeamsQuery);
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!teams) return <Spinner />;
  if (teams.length === 0) return <EmptyState title={text("noTeams")}>{text("noTeamsWhy")}</EmptyState>;
  return (
    <ul className={settings.form}>
      {teams.map((team) => (
        <TeamRow key={team.id} team={team} />
      ))}
    </ul>
  );
}

function TeamRow({ team }: { team: Team }) {
  const text = useAdministrationText();
  const queries = useQueryClient();
  const link = `${window.location.origin}/signup_user_complete?id=${team.invite_id}`;
  const renew = useMutation({
    mutationFn: () => chat.regenerateTeamInviteId(team.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: adminKey("teams") }),
    onError: (error) => toast({ text: messageOf(error) ?? text("failed"), tone: "danger" }),
  });
  const copy = async () => {
    await navigator.clipboard.writeText(link);
    toast({ text: text("copied") });
  };
  return (
    <li className={styles.card}>
      <h2 className={settings.heading}>{team.display_name}</h2>
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
    </li>
  );
}
