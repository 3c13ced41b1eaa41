import { useQuery } from "@tanstack/react-query";
import { scaleLinear } from "d3-scale";
import { messageOf } from "@/api";
import { ErrorState, Spinner } from "@/ui";
import { Card } from "./Card";
import styles from "./Load.module.css";
import { type Load, loadQuery, type Question } from "./questions";
import { useDashboardText } from "./text";

/** So that what little was done is still seen. */
const PALEST = 0.15;

/** Who did how much in which hour of the day. */
export function LoadCard({ question }: { question: Question }) {
  const text = useDashboardText();
  const { data, error, refetch } = useQuery(loadQuery(question));
  const state = !data ? (
    error ? (
      <ErrorState message={messageOf(error) ?? text("notReached")} onRetry={() => void refetch()} />
    ) : (
      <Spinner label={text("loading")} />
    )
  ) : data.hours.length === 0 ? (
    <p className={styles.hint}>{text("tooFewPeople")}</p>
  ) : null;
  return (
    <Card
      title={text("loadTitle")}
      hint={data && text("loadHint", { zone: data.timezone })}
      csv="load"
      question={question}
      chart={data && state === null ? <HeatMap load={data} /> : undefined}
      table={state ?? (data && <LoadTable load={data} />)}
    />
  );
}

/** Somebody's hours; `name` is told only once for screen readers, as a row of the table is. */
function HeatMap({ load }: { load: Load }) {
  const text = useDashboardText();
  const most = Math.max(1, ...load.persons.flatMap(({ hours }) => hours));
  const strength = scaleLinear([1, most], [PALEST, 1]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide chart is scrolled by keyboard too
    <div className={styles.scroller} role="img" aria-label={text("loadTitle")} tabIndex={0} dir="ltr">
      <div className={styles.map}>
        <span />
        {load.hours.map((_, hour) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
          <span key={hour} className={styles.hour}>
            {hour}
          </span>
        ))}
        <TotalRow hours={load.hours} />
        {load.persons.map((one) => (
          <PersonRow key={one.user_id} name={`@${one.username}`} hours={one.hours} strength={strength} />
        ))}
      </div>
    </div>
  );
}

function TotalRow({ hours }: { hours: readonly number[] }) {
  const text = useDashboardText();
  const height = scaleLinear([0, Math.max(1, ...hours)], [0, 100]);
  return (
    <>
      <span className={styles.name}>{text("everybody")}</span>
      {hours.map((count, hour) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
        <span key={hour} className={styles.column} title={String(count)}>
          <span className={styles.bar} style={{ height: `${height(count)}%` }} />
        </span>
      ))}
    </>
  );
}

interface PersonRowProps {
  name: string;
  hours: readonly number[];
  strength: (count: number) => number;
}

function PersonRow({ name, hours, strength }: PersonRowProps) {
  const text = useDashboardText();
  return (
    <>
      <span className={styles.name}>{name}</span>
      {hours.map((count, hour) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
          key={hour}
          className={styles.cell}
          title={text("atHour", { name, hour: String(hour), count })}
        >
          {count > 0 && <span className={styles.heat} style={{ opacity: strength(count) }} />}
        </span>
      ))}
    </>
  );
}

function LoadTable({ load }: { load: Load }) {
  const text = useDashboardText();
  const rows = [
    { key: "", name: text("everybody"), hours: load.hours },
    ...load.persons.map((one) => ({ key: one.user_id, name: `@${one.username}`, hours: one.hours })),
  ];
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{text("person")}</th>
          {load.hours.map((_, hour) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
            <th key={hour} scope="col">
              {hour}
            </th>
          ))}
          <th scope="col">{text("all")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, hours }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            {hours.map((count, hour) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place
              <td key={hour}>{count}</td>
            ))}
            <td>{hours.reduce((sum, count) => sum + count, 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
