import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { archiveChannel, channelIn, messageOf, restoreChannel } from "@/api";
import { navigate, paths, useTeam } from "@/host";
import { Banner, ConfirmDialog, toast } from "@/ui";
import { useAdministersTeam } from "../channel/rights";
import { useWorkspaceText } from "../text";
import { closeDialog } from "./open";

/** Asks before a channel is archived; whoever administers the team can take it back. */
export default function ArchiveDialog({ params }: { params: Readonly<Record<string, string>> }) {
  const text = useWorkspaceText();
  const team = useTeam();
  const restores = useAdministersTeam();
  const id = params.id ?? "";
  // As it was asked about: it goes from the list before the dialog does.
  const [channel] = useState(() => channelIn(team.id, id));
  const name = channel?.display_name ?? "";
  const restore = async () => {
    try {
      await restoreChannel(team.id, id);
      if (channel) navigate(paths.channel(team.name, channel.name));
    } catch (error) {
      toast({ text: messageOf(error) ?? text("notSaved"), tone: "danger" });
    }
  };
  const archiving = useMutation({
    mutationFn: () => {
      // Away first: who stays would look at a channel that is gone.
      navigate(paths.channel(team.name, "town-square"));
      return archiveChannel(id);
    },
    onSuccess: () => {
      toast({ text: text("archived", { name }), onUndo: restores ? () => void restore() : undefined });
      closeDialog();
    },
  });
  return (
    <ConfirmDialog
      title={text("archiveTitle", { name })}
      isOpen
      onClose={closeDialog}
      confirm={text("archive")}
      isDanger
      isPending={archiving.isPending}
      onConfirm={() => archiving.mutate()}
    >
      {archiving.error && <Banner tone="danger">{messageOf(archiving.error) ?? text("notSaved")}</Banner>}
      <p>{text(restores ? "archiveWhy" : "archiveWhyForGood")}</p>
    </ConfirmDialog>
  );
}
