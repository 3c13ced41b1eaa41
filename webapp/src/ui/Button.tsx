import { clearAnnouncer } from "@react-aria/live-announcer";
import { useEffect, useRef } from "react";
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
  useForgottenWhenGone(rest.isPending ?? false);
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

/** That it waits is announced by its name; once it is gone, what was announced would name nothing any more. */
function useForgottenWhenGone(isPending: boolean): void {
  const hasWaited = useRef(false);
  useEffect(() => {
    if (isPending) hasWaited.current = true;
  }, [isPending]);
  useEffect(
    () => () => {
      if (hasWaited.current) clearAnnouncer("assertive");
    },
    [],
  );
}
