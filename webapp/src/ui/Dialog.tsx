import { lazy, Suspense } from "react";
import { Button } from "./Button";
import { useUiText } from "./text";
import { useEverTrue } from "./useEverTrue";

const DialogWindow = lazy(() => import("./DialogWindow"));

export interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  size?: "s" | "m" | "l";
  /** alertdialog: for questions that must be answered. */
  role?: "dialog" | "alertdialog";
  /** A press outside does not close it: for forms in which something could be lost. */
  keepsOpen?: boolean;
  children: React.ReactNode;
  /** The row of buttons at the end. */
  footer?: React.ReactNode;
}

/** A window above the page: holds the focus while it is open and gives it back when it closes. */
export function Dialog(props: DialogProps) {
  const isWanted = useEverTrue(props.isOpen);
  return (
    isWanted && (
      <Suspense fallback={null}>
        <DialogWindow {...props} />
      </Suspense>
    )
  );
}

export interface ConfirmDialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** What the confirming button does, in its own words: "Delete playbook". */
  confirm: string;
  onConfirm: () => void;
  isDanger?: boolean;
  isPending?: boolean;
  children: React.ReactNode;
}

/** A question with two answers. The confirming button has the focus, so that Enter confirms. */
export function ConfirmDialog({
  title,
  isOpen,
  onClose,
  confirm,
  onConfirm,
  isDanger,
  isPending,
  children,
}: ConfirmDialogProps) {
  const text = useUiText();
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      size="s"
      role="alertdialog"
      footer={
        <>
          <Button onPress={onClose}>{text("cancel")}</Button>
          <Button
            variant={isDanger ? "danger" : "primary"}
            onPress={onConfirm}
            isPending={isPending}
            autoFocus
          >
            {confirm}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
