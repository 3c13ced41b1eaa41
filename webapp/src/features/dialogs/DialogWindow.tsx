import type { SubmitDialogResponse } from "@mattermost/types/integrations";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { chat, type DialogRequest, messageOf, openDialog } from "@/api";
import { Banner, Button, Dialog, Markdown, toast, useUiText } from "@/ui";
import styles from "./DialogWindow.module.css";
import { Field } from "./fields/Field";
import { useDialogsText } from "./text";
import { type Fault, faultsIn, submissionOf, type Values, valuesAtFirst } from "./values";

interface DialogWindowProps {
  /** `values` stand in its fields when it is opened again. */
  request: DialogRequest & { values?: Values };
  /** Shows what takes its place, or with null nothing. */
  onReplace: (next: DialogRequest | null) => void;
}

/** An interactive dialog: a form, or a question if it has no fields. */
export function DialogWindow({ request, onReplace }: DialogWindowProps) {
  const text = useDialogsText();
  const ui = useUiText();
  const { dialog } = request;
  const elements = dialog.elements ?? [];
  const formId = useId();
  const [values, setValues] = useState<Values>(() => request.values ?? valuesAtFirst(elements));
  const [isChanged, setIsChanged] = useState(request.values !== undefined);
  const [faults, setFaults] = useState<Record<string, Fault>>({});
  const submit = useMutation({
    mutationFn: () => send(request, values),
    onSuccess: (answer) => {
      if (answer.type === "form" && answer.form) onReplace({ ...request, dialog: answer.form });
      else if (!answer.error && Object.keys(answer.errors ?? {}).length === 0) onReplace(null);
      else focusFirst(formId, elements.find((element) => answer.errors?.[element.name])?.name);
    },
  });
  const refused = submit.data?.errors ?? {};
  const trouble = submit.error ? (messageOf(submit.error) ?? text("failed")) : submit.data?.error;

  const onSubmit = (event?: FormEvent) => {
    event?.preventDefault();
    if (submit.isPending) return;
    const found = faultsIn(elements, values);
    setFaults(found);
    const first = elements.find((element) => found[element.name]);
    if (first) focusFirst(formId, first.name);
    else submit.mutate();
  };
  const onCancel = () => {
    onReplace(null);
    if (dialog.notify_on_cancel) void send(request, values, { cancelled: true }).catch(() => undefined);
    else if (isChanged) {
      toast({
        text: text("closedWithChanges", { title: dialog.title }),
        onUndo: () => openDialog({ ...request, values } as DialogRequest),
      });
    }
  };
  const errorOf = (name: string): string | undefined => {
    const fault = faults[name];
    return fault ? text(fault.message, { count: fault.count ?? 0 }) : refused[name];
  };

  return (
    <Dialog
      title={dialog.title}
      isOpen
      onClose={onCancel}
      size={elements.length === 0 ? "s" : "m"}
      role={elements.length === 0 ? "alertdialog" : "dialog"}
      keepsOpen={elements.length > 0}
      footer={
        <>
          <Button onPress={onCancel}>{ui("cancel")}</Button>
          <Button
            variant="primary"
            type="submit"
            form={formId}
            isPending={submit.isPending}
            autoFocus={elements.length === 0}
          >
            {dialog.submit_label || text("submit")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className={styles.form}
        noValidate
        onSubmit={onSubmit}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onSubmit();
        }}
      >
        {trouble && <Banner tone="danger">{trouble}</Banner>}
        {dialog.introduction_text && <Markdown>{dialog.introduction_text}</Markdown>}
        {elements.map((element, at) => (
          <Field
            key={element.name}
            element={element}
            request={request}
            value={values[element.name] ?? null}
            error={errorOf(element.name)}
            autoFocus={at === 0}
            onChange={(value) => {
              setValues((before) => ({ ...before, [element.name]: value }));
              setIsChanged(true);
              if (faults[element.name]) setFaults(({ [element.name]: _, ...others }) => others);
            }}
          />
        ))}
      </form>
    </Dialog>
  );
}

function send(request: DialogRequest, values: Values, { cancelled = false } = {}) {
  const { dialog, url, channelId, teamId } = request;
  return chat.submitInteractiveDialog({
    url,
    callback_id: dialog.callback_id ?? "",
    state: dialog.state ?? "",
    user_id: "",
    channel_id: channelId,
    team_id: teamId,
    submission: cancelled ? {} : (submissionOf(dialog.elements ?? [], values) as Record<string, string>),
    cancelled,
  }) as Promise<SubmitDialogResponse>;
}

/** Lead the eye to the first field that is wrong. */
function focusFirst(formId: string, name: string | undefined): void {
  const field = document.getElementById(formId)?.querySelector(`[data-field="${CSS.escape(name ?? "")}"]`);
  field?.querySelector<HTMLElement>("input:not([type=hidden]), textarea, button")?.focus();
}
