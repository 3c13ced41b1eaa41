import styles from "./Banner.module.css";

export interface BannerProps {
  tone?: "info" | "success" | "warning" | "danger";
  icon?: React.ReactNode;
  children: React.ReactNode;
  action?: React.ReactNode;
}

/** A line across a page or panel that says what holds right now. Announced when it appears. */
export function Banner({ tone = "info", icon, children, action }: BannerProps) {
  return (
    <div className={styles.banner} data-tone={tone} role={tone === "danger" ? "alert" : "status"}>
      {icon}
      <span className={styles.words}>{children}</span>
      {action}
    </div>
  );
}
