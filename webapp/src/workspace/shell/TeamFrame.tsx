import { useQuery } from "@tanstack/react-query";
import { useLayoutEffect } from "react";
import { messageOf, teamsQuery } from "@/api";
import { Link, paths, placeStore, useTeam } from "@/host";
import { EmptyState, ErrorState, Spinner, StateScreen } from "@/ui";
import { useWorkspaceText } from "../text";
import { Shell } from "./Shell";

/** Whatever is shown inside a team: finds the team of the address, and draws the page between its sidebars. */
export function TeamFrame({ team: name, children }: { team: string; children: React.ReactNode }) {
  const text = useWorkspaceText();
  const { data: teams, error, refetch } = useQuery(teamsQuery);
  const team = teams?.find((one) => one.name === name);
  useLayoutEffect(() => {
    placeStore.setState({
      team: team ? { id: team.id, name: team.name, displayName: team.display_name } : null,
    });
  }, [team]);
  const shown = placeStore((place) => place.team);

  if (error)
    return (
      <StateScreen>
        <ErrorState isPage message={messageOf(error)} onRetry={() => void refetch()} />
      </StateScreen>
    );
  if (!teams) return <Spinner label={text("loading")} />;
  if (!team) {
    return (
      <StateScreen>
        <EmptyState
          isPage
          title={text("teamUnknown")}
          action={<Link href={paths.selectTeam}>{text("otherTeams")}</Link>}
        >
          {text("teamUnknownWhy")}
        </EmptyState>
      </StateScreen>
    );
  }
  if (shown?.id !== team.id) return null;
  return <Shell>{children}</Shell>;
}

/** The name of the team that is shown, for addresses. */
export function useTeamName(): string {
  return useTeam().name;
}
