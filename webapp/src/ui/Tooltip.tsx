import { useState } from "react";
import { Tooltip as AriaTooltip, TooltipTrigger } from "react-aria-components";
import styles from "./Tooltip.module.css";
import { useEverTrue } from "./useEverTrue";

/**
 * Words at a control while it is hovered or focused. The control must be one of react-aria's, or Focusable.
 * There are many on a page and few are ever read: the words are made when they are first wanted.
 */
export function Tooltip({
  text,
  delay = 400,
  children,
}: {
  text: string;
  delay?: number;
  children: React.ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const wasOpen = useEverTrue(isOpen);
  return (
    <TooltipTrigger delay={delay} closeDelay={0} onOpenChange={setOpen}>
      {children}
      {wasOpen && (
        <AriaTooltip className={styles.tooltip} offset={6}>
          {text}
        </AriaTooltip>
      )}
    </TooltipTrigger>
  );
}
