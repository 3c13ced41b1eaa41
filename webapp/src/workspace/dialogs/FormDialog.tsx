import type { UseMutationResult } from "@tanstack/react-query";
import { useId } from "react";
import { messageOf } from "@/api";
import { Banner, Button, Dialog } from "@/ui";
import { useWorkspaceText } from "../text";
import styles from "./lists.module.css";
import { closeDialog } from "./open";

interface FormDialogProps {
  title: string;
  /** What its button says. */
  deed: string;
  saving: UseMutationResult<unknown, Error, void>;
  size?: "s";
  children: React.ReactNode;
}

/** A few fields and what saves them; what was written is not lost by a click beside it. */
export function FormDialog({ title, deed, saving, size, children }: FormDialogProps) {
  const text = useWorkspaceText();
  const form = useId();
  return (
    <Dialog
      title={title}
      isOpen
      onClose={closeDialog}
      keepsOpen
      size={size}
      footer={
        <>
          <Button onPress={closeDialog}>{text("cancel")}</Button>
          <Button type="submit" form={form} variant="primary" isPending={saving.isPending}>
            {deed}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          saving.mutate();
        }}
      >
        {saving.error && <Banner tone="danger">{messageOf(saving.error) ?? text("notSaved")}</Banner>}
        {children}
      </form>
    </Dialog>
  );
}
