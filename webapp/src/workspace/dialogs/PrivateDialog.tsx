import { useMutation } from "@tanstack/react-query";
import { channelIn, makePrivate, messageOf } from "@/api";
import { useTeam } from "@/host";
import { Banner, ConfirmDialog } from "@/ui";
import { useWorkspaceText } from "../text";
import { closeDialog } from "./open";

/** Asks before a public channel is made private. */
export default function PrivateDialog({ params }: { params: Readonly<Record<string, string>> }) {
  const text = useWorkspaceText();
  const team = useTeam();
  const id = params.id ?? "";
  const name = channelIn(team.id, id)?.display_name ?? "";
  const converting = useMutation({ mutationFn: () => makePrivate(id), onSuccess: closeDialog });
  return (
    <ConfirmDialog
      title={text("makePrivateTitle", { name })}
      isOpen
      onClose={closeDialog}
      confirm={text("makePrivate")}
      isPending={converting.isPending}
      onConfirm={() => converting.mutate()}
    >
      {converting.error && <Banner tone="danger">{messageOf(converting.error) ?? text("notSaved")}</Banner>}
      <p>{text("makePrivateWhy")}</p>
    </ConfirmDialog>
  );
}
