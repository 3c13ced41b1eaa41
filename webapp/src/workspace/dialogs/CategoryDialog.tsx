import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { changeCategory, makeCategory, messageOf } from "@/api";
import { useTeam } from "@/host";
import { Banner, Button, Dialog, TextField } from "@/ui";
import { useWorkspaceText } from "../text";
import { closeDialog } from "./open";

const FORM = "category";

/** A new category (with a channel in it, if one is given), or another name for one. */
export default function CategoryDialog({ params }: { params: Readonly<Record<string, string>> }) {
  const text = useWorkspaceText();
  const team = useTeam();
  const [name, setName] = useState(params.name ?? "");
  const saving = useMutation({
    mutationFn: () =>
      params.id
        ? changeCategory(team.id, params.id, { display_name: name })
        : makeCategory(team.id, name, params.channelId ? [params.channelId] : []),
    onSuccess: closeDialog,
  });
  return (
    <Dialog
      title={text(params.id ? "renameCategory" : "newCategory")}
      isOpen
      onClose={closeDialog}
      size="s"
      footer={
        <>
          <Button onPress={closeDialog}>{text("cancel")}</Button>
          <Button type="submit" form={FORM} variant="primary" isPending={saving.isPending}>
            {text("save")}
          </Button>
        </>
      }
    >
      <form
        id={FORM}
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        {saving.error && <Banner tone="danger">{messageOf(saving.error) ?? text("notSaved")}</Banner>}
        <TextField
          label={text("categoryName")}
          value={name}
          onChange={setName}
          isRequired
          maxLength={22}
          autoFocus
        />
      </form>
    </Dialog>
  );
}
