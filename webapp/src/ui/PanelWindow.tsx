import {
  Popover as AriaPopover,
  Dialog,
  OverlayTriggerStateContext,
  RootMenuTriggerStateContext,
} from "react-aria-components";
import type { Opener, PopoverPanelProps } from "./Popover";
import styles from "./Popover.module.css";

interface PanelWindowProps extends PopoverPanelProps {
  opener: Opener | null;
}

/** The open window: what DialogTrigger of react-aria-components draws beside its button. */
export default function PanelWindow({ label, width = "auto", children, opener, ...rest }: PanelWindowProps) {
  const panel = (
    <AriaPopover
      {...(opener && { trigger: "DialogTrigger", triggerRef: opener.triggerRef, id: opener.panelId })}
      {...rest}
      className={styles.popover}
      data-width={width}
      offset={4}
    >
      <Dialog aria-label={label} className={styles.inside}>
        {children}
      </Dialog>
    </AriaPopover>
  );
  if (!opener) return panel;
  return (
    <OverlayTriggerStateContext value={opener.state}>
      <RootMenuTriggerStateContext value={opener.state}>{panel}</RootMenuTriggerStateContext>
    </OverlayTriggerStateContext>
  );
}
