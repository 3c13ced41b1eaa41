import { Tooltip as AriaTooltip, TooltipTrigger } from "react-aria-components";
import styles from "./Tooltip.module.css";

/** Words at a control while it is hovered or focused. The control must be one of react-aria's, or Focusable. */
export function Tooltip({
  text,
  delay = 400,
  children,
}: {
  text: string;
  delay?: number;
  children: React.ReactNode;
}) {
  return (
    <TooltipTrigger delay={delay} closeDelay={0}>
      {children}
      <AriaTooltip className={styles.tooltip} offset={6}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
