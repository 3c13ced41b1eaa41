import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { changeChannel, channelIn, chat } from "@/api";
import { useTeam } from "@/host";
import { TextField } from "@/ui";
import { useWorkspaceText } from "../text";
import { FormDialog } from "./FormDialog";
import { closeDialog } from "./open";

/** How a channel is called, and what is said about it; direct and group messages have a header only. */
export default function ChannelDialog({ params }: { params: Readonly<Record<string, string>> }) {
  const text = useWorkspaceText();
  const team = useTeam();
  const id = params.id ?? "";
  const before = channelIn(team.id, id);
  const isNamed = before?.type !== "D" && before?.type !== "G";
  const [name, setName] = useState(before?.display_name ?? "");
  const [header, setHeader] = useState(before?.header ?? "");
  const [purpose, setPurpose] = useState(before?.purpose ?? "");
  const saving = useMutation({
    mutationFn: () => chat.patchChannel(id, isNamed ? { display_name: name, header, purpose } : { header }),
    onSuccess: (after) => {
      changeChannel(id, (channel) => ({ ...channel, ...after }));
      closeDialog();
    },
  });
  return (
    <FormDialog title={text(isNamed ? "editChannel" : "editHeader")} deed={text("save")} saving={saving}>
      {isNamed && (
        <TextField
          label={text("channelName")}
          value={name}
          onChange={setName}
          isRequired
          maxLength={64}
          autoFocus
        />
      )}
      <TextField
        label={text("channelHeader")}
        help={text("channelHeaderHelp")}
        value={header}
        onChange={setHeader}
        maxLength={1024}
        rows={2}
        autoFocus={!isNamed}
      />
      {isNamed && (
        <TextField
          label={text("channelPurpose")}
          value={purpose}
          onChange={setPurpose}
          maxLength={250}
          rows={2}
        />
      )}
    </FormDialog>
  );
}
