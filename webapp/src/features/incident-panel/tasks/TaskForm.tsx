import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button, TextField, useUiText } from "@/ui";
import type { TaskWords } from "../deeds";
import { useIncidentPanelText } from "../text";
import styles from "./Tasks.module.css";

export type WrittenTask = TaskWords & { description: string };

interface TaskFormProps {
  task?: TaskWords;
  /** New tasks may have a description; that of others stays as it is. */
  isNew?: boolean;
  isPending: boolean;
  onSave: (task: WrittenTask) => void;
  onCancel: () => void;
}

/** What a task says and which command it runs. */
export function TaskForm({ task, isNew, isPending, onSave, onCancel }: TaskFormProps) {
  const text = useIncidentPanelText();
  const ui = useUiText();
  const [title, setTitle] = useState(task?.title ?? "");
  const [command, setCommand] = useState(task?.command ?? "");
  const [description, setDescription] = useState("");
  const [isMissing, setIsMissing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (title.trim() === "") setIsMissing(true);
    else onSave({ title: title.trim(), command: asCommand(command), description });
  };
  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={save}
      noValidate
      aria-label={text(isNew ? "addTask" : "editTask")}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <TextField
        label={text("taskName")}
        value={title}
        onChange={setTitle}
        isRequired
        autoFocus
        autoComplete="off"
        error={isMissing && title.trim() === "" ? text("taskNameMissing") : undefined}
      />
      <TextField
        label={text("slashCommand")}
        value={command}
        onChange={setCommand}
        placeholder="/"
        autoComplete="off"
        spellCheck="false"
      />
      {isNew && (
        <TextField label={text("description")} rows={2} value={description} onChange={setDescription} />
      )}
      <div className={styles.deeds}>
        <Button size="s" onPress={onCancel}>
          {ui("cancel")}
        </Button>
        <Button size="s" variant="primary" type="submit" isPending={isPending}>
          {text(isNew ? "addTask" : "save")}
        </Button>
      </div>
    </form>
  );
}

/** A command begins with a slash; a slash alone is none. */
function asCommand(written: string): string {
  const words = written.trim();
  if (words === "" || words === "/") return "";
  return words.startsWith("/") ? words : `/${words}`;
}
