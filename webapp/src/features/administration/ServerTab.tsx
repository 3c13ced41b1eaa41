import { useQuery } from "@tanstack/react-query";
import { messageOf } from "@/api";
import { Banner, ErrorState, Spinner, settings } from "@/ui";
import styles from "./Administration.module.css";
import { healthQuery } from "./questions";
import { useAdministrationText } from "./text";

const FIGURES = {
  commandpost_websocket_connections: "connections",
  commandpost_database_saves_total: "saves",
  commandpost_reminders_fired_total: "reminders",
  process_resident_memory_bytes: "memory",
} as const;

export function ServerTab() {
  const text = useAdministrationText();
  const { data: health, error, refetch } = useQuery(healthQuery);
  if (error) return <ErrorState message={messageOf(error)} onRetry={() => void refetch()} />;
  if (!health) return <Spinner />;
  const shown = Object.entries(FIGURES).flatMap(([name, label]) => {
    const value = health.figures.get(name);
    if (value === undefined) return [];
    return [{ label, value: label === "memory" ? Math.round(value / 1_000_000) : value }];
  });
  return (
    <div className={settings.form}>
      <Banner tone={health.isReady ? "success" : "danger"}>
        {health.isReady ? text("healthy") : text("unhealthy")}
      </Banner>
      <table className={styles.table}>
        <tbody>
          <tr>
            <th scope="row">{text("apiVersion")}</th>
            <td>{health.version}</td>
          </tr>
          {shown.map(({ label, value }) => (
            <tr key={label}>
              <th scope="row">{text(label)}</th>
              <td>{text("figure", { value })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={settings.quiet}>{text("moreFigures")}</p>
    </div>
  );
}
