import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { messageOf, teamsQuery } from "@/api";
import { navigate, paths } from "@/host";
import { EmptyState, ErrorState, Spinner } from "@/ui";
import { useEntryText } from "./text";

/** "/": leads into a team. */
export function HomePage() {
  const text = useEntryText();
  const { data: teams, error, refetch } = useQuery(teamsQuery);
  const first = teams?.[0]?.name;
  useEffect(() => {
    if (first !== undefined) navigate(paths.channel(first, "town-square"), { replace: true });
  }, [first]);
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (teams?.length === 0) return <EmptyState title={text("noTeam")}>{text("noTeamWhy")}</EmptyState>;
  return <Spinner />;
}
