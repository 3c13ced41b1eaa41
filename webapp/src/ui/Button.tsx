import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import styles from "./Button.module.css";
import { Spinner } from "./Spinner";

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children"> {
  /** primary: the one deed of a screen; secondary: others; quiet: looks like text; danger: takes away. */
  variant?: "primary" | "secondary" | "quiet" | "danger";
  size?: "m" | "s";
  icon?: React.ReactNode;
  fullWidth?: boolean;
  children: React.ReactNode;
}

/** A button with words on it. While `isPending` it shows a spinner, keeps its focus and cannot be pressed. */
export function Button({
  variant = "secondary",
  size = "m",
  icon,
  fullWidth,
  children,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      className={styles.button}
      data-variant={variant}
      data-size={size}
      data-full={fullWidth || undefined}
    >
      {rest.isPending ? <Spinner size="s" /> : icon}
      <span className={styles.words}>{children}</span>
    </AriaButton>
  );
}
