import { Button } from "./Button";
import styles from "./states.module.css";
import { useUiText } from "./text";

export interface StateProps {
  title: string;
  icon?: React.ReactNode;
  children?: React.ReactNode;
  /** The way on: buttons or links. */
  action?: React.ReactNode;
  /** It is all there is on the page. */
  isPage?: boolean;
}

/** Nothing is here yet: says why, and how to begin. */
export function EmptyState({ title, icon, children, action, isPage }: StateProps) {
  const Title = isPage ? "h1" : "h2";
  return (
    <div className={styles.state}>
      {icon !== undefined && (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      <Title className={styles.title}>{title}</Title>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  );
}

export interface ErrorStateProps {
  title?: string;
  /** What the server or the connection said. */
  message?: string;
  onRetry?: () => void;
  action?: React.ReactNode;
  /** It is all there is on the page. */
  isPage?: boolean;
}

/** Something could not be had: says what, and offers to try again or another way on. */
export function ErrorState({ title, message, onRetry, action, isPage }: ErrorStateProps) {
  const text = useUiText();
  const Title = isPage ? "h1" : "h2";
  return (
    <div className={styles.state} role="alert">
      <Title className={styles.title}>{title ?? text("couldNotLoad")}</Title>
      {message !== undefined && <p className={styles.text}>{message}</p>}
      <div className={styles.action}>
        {onRetry && <Button onPress={onRetry}>{text("tryAgain")}</Button>}
        {action}
      </div>
    </div>
  );
}

/** The whole screen, where there is no frame that a state could stand in. */
export function StateScreen({ children }: { children: React.ReactNode }) {
  return <main className={styles.screen}>{children}</main>;
}
