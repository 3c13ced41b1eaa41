import styles from "./Badge.module.css";

export interface BadgeProps {
  tone?: "neutral" | "accent" | "danger" | "success" | "warning";
  children: React.ReactNode;
}

/** A word that says what something is: Ongoing, Ended, Bot. */
export function Badge({ tone = "neutral", children }: BadgeProps) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {children}
    </span>
  );
}

/** How many wait to be read. `label` says of what, for screen readers. */
export function CountBadge({ count, label }: { count: number; label: string }) {
  return (
    <span className={styles.count}>
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span className="hidden-text">{label}</span>
    </span>
  );
}
