import { useMutation } from "@tanstack/react-query";
import { cache, chat, keys, messageOf } from "@/api";
import { navigate, paths, useMe, useTeam } from "@/host";
import { Banner, ConfirmDialog } from "@/ui";
import { useWorkspaceText } from "../text";
import { closeDialog } from "./open";

/** Asks before one leaves a team: without an invitation there is no way back into a closed one. */
export default function LeaveTeamDialog() {
  const text = useWorkspaceText();
  const me = useMe();
  const team = useTeam();
  const leaving = useMutation({
    mutationFn: () => chat.removeFromTeam(team.id, me.id),
    onSuccess: async () => {
      closeDialog();
      navigate(paths.selectTeam);
      await cache.invalidateQueries({ queryKey: keys.teams });
    },
  });
  return (
    <ConfirmDialog
      title={text("leaveTeamTitle", { team: team.displayName })}
      isOpen
      onClose={closeDialog}
      confirm={text("leaveTeam")}
      isDanger
      isPending={leaving.isPending}
      onConfirm={() => leaving.mutate()}
    >
      {leaving.error && <Banner tone="danger">{messageOf(leaving.error) ?? text("notSaved")}</Banner>}
      <p>{text("leaveTeamWhy")}</p>
    </ConfirmDialog>
  );
}
