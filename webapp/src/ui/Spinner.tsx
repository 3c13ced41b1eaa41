import styles from "./Spinner.module.css";

/** Something is on its way. With a label it is announced; without one it stands beside words that say so. */
export function Spinner({ size = "m", label }: { size?: "s" | "m"; label?: string }) {
  const ring = <span className={styles.ring} data-size={size} aria-hidden="true" />;
  if (label === undefined) return ring;
  return (
    <span className={styles.labelled} role="status">
      {ring}
      {label}
    </span>
  );
}
