import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { makeChannel } from "@/api";
import { navigate, paths, useTeam } from "@/host";
import { Switch, TextField } from "@/ui";
import { closeSidebar } from "../shell/drawer";
import { useWorkspaceText } from "../text";
import { FormDialog } from "./FormDialog";
import { closeDialog } from "./open";

export default function CreateDialog() {
  const text = useWorkspaceText();
  const team = useTeam();
  const [name, setName] = useState("");
  const [purpose, setPurpose] = useState("");
  const [isPrivate, setIsPrivate] = useState(false);
  const making = useMutation({
    mutationFn: () => makeChannel(team.id, { displayName: name, purpose, type: isPrivate ? "P" : "O" }),
    onSuccess: (made) => {
      closeDialog();
      closeSidebar();
      navigate(paths.channel(team.name, made));
    },
  });
  return (
    <FormDialog title={text("createChannel")} deed={text("create")} saving={making}>
      <TextField
        label={text("channelName")}
        value={name}
        onChange={setName}
        isRequired
        minLength={1}
        maxLength={64}
        autoFocus
      />
      <TextField
        label={text("channelPurpose")}
        help={text("channelPurposeHelp")}
        value={purpose}
        onChange={setPurpose}
        maxLength={250}
      />
      <Switch checked={isPrivate} onChange={setIsPrivate}>
        {text("channelPrivate")}
      </Switch>
    </FormDialog>
  );
}
