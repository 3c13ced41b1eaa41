import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { messageOf, teamsQuery } from "@/api";
import { navigate, paths } from "@/host";
import { ErrorState, Spinner, StateScreen } from "@/ui";

/** "/": leads into a team. */
export function HomePage() {
  const { data: teams, error, refetch } = useQuery(teamsQuery);
  const first = teams?.[0]?.name;
  useEffect(() => {
    if (teams !== undefined)
      navigate(first === undefined ? paths.selectTeam : paths.channel(first, "town-square"), {
        replace: true,
      });
  }, [teams, first]);
  if (error)
    return (
      <StateScreen>
        <ErrorState isPage message={messageOf(error)} onRetry={() => void refetch()} />
      </StateScreen>
    );
  return <Spinner />;
}
