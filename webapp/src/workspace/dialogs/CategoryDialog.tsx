import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { changeCategory, makeCategory } from "@/api";
import { useTeam } from "@/host";
import { TextField } from "@/ui";
import { useWorkspaceText } from "../text";
import { FormDialog } from "./FormDialog";
import { closeDialog } from "./open";

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
    <FormDialog
      title={text(params.id ? "renameCategory" : "newCategory")}
      deed={text("save")}
      saving={saving}
      size="s"
    >
      <TextField
        label={text("categoryName")}
        value={name}
        onChange={setName}
        isRequired
        maxLength={22}
        autoFocus
      />
    </FormDialog>
  );
}
