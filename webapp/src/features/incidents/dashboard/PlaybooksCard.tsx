import { Bars } from "./Bars";
import { Card } from "./Card";
import type { Question, TimesOf } from "./questions";
import { type Step, spreadOf } from "./steps";
import { useDashboardText } from "./text";
import { useMedianWords, useStepWords } from "./words";

type Playbook = TimesOf["playbooks"][number];

interface PlaybooksCardProps {
  playbooks: readonly Playbook[];
  step: Step;
  question: Question;
  onPlaybook: (id: string) => void;
}

/** How long it took until a step, playbook by playbook. */
export function PlaybooksCard({ playbooks, step, question, onPlaybook }: PlaybooksCardProps) {
  const text = useDashboardText();
  const words = useStepWords();
  const median = useMedianWords();
  const title = (one: Playbook) =>
    one.playbook_id === "" ? text("noPlaybook") : one.title || text("otherPlaybook");
  return (
    <Card
      title={text("byPlaybook")}
      hint={text("byPlaybookHint", { step: words(step) })}
      csv="times"
      question={question}
      chart={
        <Bars
          rows={playbooks.map((one) => ({
            key: one.playbook_id,
            title: title(one),
            spread: spreadOf(one.times, step),
            all: one.times.incidents,
            onPress: one.playbook_id === "" ? undefined : () => onPlaybook(one.playbook_id),
          }))}
        />
      }
      table={
        <table>
          <thead>
            <tr>
              <th scope="col">{text("playbook")}</th>
              <th scope="col">{text("incidents")}</th>
              <th scope="col">{words("first")}</th>
              <th scope="col">{words("end")}</th>
              {step !== "first" && step !== "end" && <th scope="col">{words(step)}</th>}
            </tr>
          </thead>
          <tbody>
            {playbooks.map((one) => (
              <tr key={one.playbook_id}>
                <th scope="row">{title(one)}</th>
                <td>{one.times.incidents}</td>
                <td>{median(one.times.first_update)}</td>
                <td>{median(one.times.end)}</td>
                {step !== "first" && step !== "end" && <td>{median(spreadOf(one.times, step))}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}
