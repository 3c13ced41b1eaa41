import { scaleLinear } from "d3-scale";
import { Button } from "react-aria-components";
import { durationText } from "@/ui";
import styles from "./Bars.module.css";
import type { Spread } from "./questions";
import { FEW } from "./steps";
import { useDashboardText } from "./text";

export interface Bar {
  key: string;
  title: string;
  spread: Spread | null;
  /** Of how many incidents. */
  all: number;
  isChosen?: boolean;
  onPress?: () => void;
}

/** A bar for each median, with a line to where nine of ten are done. */
export function Bars({ rows }: { rows: readonly Bar[] }) {
  const text = useDashboardText();
  const longest = Math.max(1, ...rows.map(({ spread }) => spread?.long_ms ?? 0));
  const scale = scaleLinear([0, longest], [0, 100]);
  const hasFew = rows.some(({ spread }) => spread !== null && spread.count < FEW);
  return (
    <>
      <ul className={styles.bars}>
        {rows.map(({ key, title, spread, all, isChosen, onPress }) => (
          <li key={key}>
            <Button className={styles.row} aria-pressed={isChosen} onPress={onPress}>
              <span className={styles.title}>{title}</span>
              <span className={styles.value}>
                {spread ? durationText(spread.median_ms) : text("never")}
                {spread && (
                  <span className={styles.more}>
                    {text("longAt", { time: durationText(spread.long_ms) })}
                    {" · "}
                    {text("of", { count: spread.count, all })}
                  </span>
                )}
              </span>
              <span className={styles.track} data-few={(spread?.count ?? 0) < FEW || undefined} dir="ltr">
                {spread && (
                  <>
                    <span className={styles.reach} style={{ width: `${scale(spread.long_ms)}%` }} />
                    <span className={styles.bar} style={{ width: `${scale(spread.median_ms)}%` }} />
                  </>
                )}
              </span>
            </Button>
          </li>
        ))}
      </ul>
      {hasFew && <p className={styles.hint}>{text("fewHint")}</p>}
    </>
  );
}
