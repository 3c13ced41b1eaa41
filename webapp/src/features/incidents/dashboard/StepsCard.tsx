import { durationText } from "@/ui";
import { Bars } from "./Bars";
import { Card } from "./Card";
import type { Question, Times } from "./questions";
import { type Step, spreadOf } from "./steps";
import { useDashboardText } from "./text";
import { useStepWords } from "./words";

interface StepsCardProps {
  times: Times;
  steps: readonly Step[];
  step: Step;
  question: Question;
  onStep: (step: Step) => void;
}

/** How long it takes until each step; one of them is chosen for the cards below. */
export function StepsCard({ times, steps, step, question, onStep }: StepsCardProps) {
  const text = useDashboardText();
  const words = useStepWords();
  const rows = steps.map((one) => ({ key: one, title: words(one), spread: spreadOf(times, one) }));
  return (
    <Card
      title={text("steps")}
      hint={text("stepsHint")}
      csv="times"
      question={question}
      chart={
        <Bars
          rows={rows.map((row) => ({
            ...row,
            all: times.incidents,
            isChosen: row.key === step,
            onPress: () => onStep(row.key),
          }))}
        />
      }
      table={
        <table>
          <thead>
            <tr>
              <th scope="col">{text("until")}</th>
              <th scope="col">{text("median")}</th>
              <th scope="col">{text("nineOfTen")}</th>
              <th scope="col">{text("counted")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, title, spread }) => (
              <tr key={key}>
                <th scope="row">{title}</th>
                <td>{spread ? durationText(spread.median_ms) : "–"}</td>
                <td>{spread ? durationText(spread.long_ms) : "–"}</td>
                <td>{text("of", { count: spread?.count ?? 0, all: times.incidents })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}
