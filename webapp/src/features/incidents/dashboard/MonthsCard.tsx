import { scaleLinear } from "d3-scale";
import { useLayoutEffect, useRef } from "react";
import { Button, Toolbar } from "react-aria-components";
import { durationText, Tooltip } from "@/ui";
import { Card } from "./Card";
import styles from "./Months.module.css";
import type { Month, Question } from "./questions";
import { daysOf, FEW, type Step, spreadOf, stepsOf } from "./steps";
import { useDashboardText } from "./text";
import { useMedianWords, useMonthWords, useStepWords } from "./words";

/** More would not be told apart. */
const MOST_MONTHS = 24;
/** How high the bar of the longest time is, in pixels. */
const HIGHEST = 158;

interface MonthsCardProps {
  months: readonly Month[];
  step: Step;
  question: Question;
  onMonth: (days: { from: string; to: string }) => void;
}

/** How long it took until a step, month by month. */
export function MonthsCard({ months, step, question, onMonth }: MonthsCardProps) {
  const text = useDashboardText();
  const words = useStepWords();
  return (
    <Card
      title={text("byMonth")}
      hint={text("byMonthHint", { step: words(step) })}
      csv="times"
      question={question}
      chart={<MonthBars months={months} step={step} onMonth={onMonth} />}
      table={<MonthTable months={months} />}
    />
  );
}

function MonthBars({ months, step, onMonth }: Pick<MonthsCardProps, "months" | "step" | "onMonth">) {
  const text = useDashboardText();
  const named = useMonthWords();
  const shown = months.slice(-MOST_MONTHS);
  const spreads = shown.map(({ times }) => spreadOf(times, step));
  const longest = Math.max(60_000, ...spreads.map((spread) => spread?.median_ms ?? 0));
  const scale = scaleLinear([0, longest], [0, HIGHEST]);
  const hasFew = spreads.some((spread) => spread !== null && spread.count < FEW);
  // Where there is no room for all, the newest are seen first.
  const plot = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    plot.current?.scrollTo({ left: plot.current.scrollWidth });
  }, []);
  return (
    <>
      <Toolbar ref={plot} className={styles.plot} aria-label={text("byMonth")} dir="ltr">
        {shown.map(({ month, times }, at) => {
          const spread = spreads[at] ?? null;
          const time = spread ? durationText(spread.median_ms) : text("never");
          const tip = text("monthTip", {
            month: named(month),
            time,
            count: spread?.count ?? times.incidents,
          });
          return (
            <Tooltip key={month} text={tip} delay={0}>
              <Button className={styles.month} aria-label={tip} onPress={() => onMonth(daysOf(month))}>
                <span className={styles.column}>
                  <span className={styles.value}>{spread ? time : "–"}</span>
                  <span
                    className={styles.bar}
                    data-few={(spread?.count ?? 0) < FEW || undefined}
                    style={{ height: scale(spread?.median_ms ?? 0) }}
                  />
                </span>
                <span className={styles.name}>{named(month)}</span>
              </Button>
            </Tooltip>
          );
        })}
      </Toolbar>
      {hasFew && <p className={styles.hint}>{text("fewHint")}</p>}
      {months.length > MOST_MONTHS && (
        <p className={styles.hint}>{text("moreMonths", { shown: MOST_MONTHS, all: months.length })}</p>
      )}
    </>
  );
}

function MonthTable({ months }: { months: readonly Month[] }) {
  const text = useDashboardText();
  const words = useStepWords();
  const median = useMedianWords();
  const named = useMonthWords();
  const steps = [...new Set(months.flatMap(({ times }) => stepsOf(times)))].sort(
    (one, other) => Number(one === "end") - Number(other === "end"),
  );
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{text("month")}</th>
          <th scope="col">{text("incidents")}</th>
          {steps.map((step) => (
            <th key={step} scope="col">
              {words(step)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...months].reverse().map(({ month, times }) => (
          <tr key={month}>
            <th scope="row">{named(month)}</th>
            <td>{times.incidents}</td>
            {steps.map((step) => (
              <td key={step}>{median(spreadOf(times, step))}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
