import { X } from "lucide-react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import type { DialogProps } from "./Dialog";
import styles from "./Dialog.module.css";
import { IconButton } from "./IconButton";
import { useUiText } from "./text";

/** The open window of a Dialog. */
export default function DialogWindow({
  title,
  isOpen,
  onClose,
  size = "m",
  role,
  keepsOpen,
  children,
  footer,
}: DialogProps) {
  const text = useUiText();
  return (
    <ModalOverlay
      className={styles.overlay}
      isOpen={isOpen}
      onOpenChange={(open) => open || onClose()}
      isDismissable={!keepsOpen}
    >
      <Modal className={styles.modal} data-size={size}>
        <AriaDialog className={styles.dialog} role={role}>
          <header className={styles.header}>
            <Heading slot="title" className={styles.title}>
              {title}
            </Heading>
            <IconButton label={text("close")} icon={<X size={18} />} onPress={onClose} />
          </header>
          <div className={styles.body}>{children}</div>
          {footer && <footer className={styles.footer}>{footer}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
