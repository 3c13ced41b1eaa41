import { Popover as AriaPopover, Dialog, type PopoverProps } from "react-aria-components";
import styles from "./Popover.module.css";

export interface PopoverPanelProps
  extends Pick<PopoverProps, "placement" | "triggerRef" | "isOpen" | "onOpenChange"> {
  /** Its name for screen readers. */
  label: string;
  width?: "auto" | "m" | "l";
  children: React.ReactNode | ((options: { close: () => void }) => React.ReactNode);
}

/** A small window at a control (inside a DialogTrigger, or with `triggerRef`); closes on Escape and outside. */
export function PopoverPanel({ label, width = "auto", children, ...rest }: PopoverPanelProps) {
  return (
    <AriaPopover {...rest} className={styles.popover} data-width={width} offset={4}>
      <Dialog aria-label={label} className={styles.inside}>
        {children}
      </Dialog>
    </AriaPopover>
  );
}

export { DialogTrigger } from "react-aria-components";
