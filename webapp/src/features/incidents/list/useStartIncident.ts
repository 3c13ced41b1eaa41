import { useMutation } from "@tanstack/react-query";
import { messageOf, startIncident } from "@/api";
import { navigate, navigatorStore, paths, useTeam } from "@/host";
import { toast } from "@/ui";
import { useIncidentsText } from "../text";

/** Go to the team's channels, where there are any, and ask for the dialog that starts an incident. */
export function useStartIncident() {
  const text = useIncidentsText();
  const team = useTeam();
  return useMutation({
    mutationFn: () => {
      if (navigatorStore.getState().hasChat) navigate(paths.channel(team.name, "town-square"));
      return startIncident();
    },
    onError: (error) => toast({ text: messageOf(error) ?? text("notReached"), tone: "danger" }),
  });
}
