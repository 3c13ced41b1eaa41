import { memo } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import styles from "./IconButton.module.css";
import { Tooltip } from "./Tooltip";

export interface IconButtonProps
  extends Omit<AriaButtonProps, "className" | "style" | "children" | "aria-label"> {
  /** What it does: its name for screen readers, and its tooltip. */
  label: string;
  icon: React.ReactNode;
  size?: "m" | "s";
  /** For buttons that are on or off: announced as pressed, and tinted. */
  isOn?: boolean;
  /** A number shown beside the icon. */
  count?: number;
}

/** A button that is only an icon. With the same icon and deed as before it is not drawn again. */
export const IconButton = memo(function IconButton({
  label,
  icon,
  size = "m",
  isOn,
  count,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <AriaButton
        {...rest}
        aria-label={count === undefined ? label : `${label} ${count}`}
        aria-pressed={isOn}
        className={styles.button}
        data-size={size}
        data-on={isOn || undefined}
      >
        {icon}
        {count !== undefined && (
          <span aria-hidden="true" className={styles.count}>
            {count}
          </span>
        )}
      </AriaButton>
    </Tooltip>
  );
});
