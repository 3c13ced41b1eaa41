import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { makeChannel, messageOf } from "@/api";
import { navigate, paths, useTeam } from "@/host";
import { Banner, Button, Dialog, Switch, TextField } from "@/ui";
import { closeSidebar } from "../shell/drawer";
import { useWorkspaceText } from "../text";
import styles from "./lists.module.css";
import { closeDialog } from "./open";

const FORM = "create-channel";

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
    <Dialog
      title={text("createChannel")}
      isOpen
      onClose={closeDialog}
      keepsOpen
      footer={
        <>
          <Button onPress={closeDialog}>{text("cancel")}</Button>
          <Button type="submit" form={FORM} variant="primary" isPending={making.isPending}>
            {text("create")}
          </Button>
        </>
      }
    >
      <form
        id={FORM}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate();
        }}
      >
        {making.error && <Banner tone="danger">{messageOf(making.error) ?? text("notSaved")}</Banner>}
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
      </form>
    </Dialog>
  );
}
