import { durationText, useTimeText } from "@/ui";
import { useIncidentsText } from "../text";
import { useMarkWords } from "./MarkButton";
import styles from "./TimelineTable.module.css";
import type { Band, Mark, Timeline } from "./timeline";

interface Line {
  key: string;
  at: number;
  content: React.ReactNode;
}

/** The same as the chart, in the order in which it happened; tasks that are open come last. */
export function TimelineTable({ timeline }: { timeline: Timeline }) {
  const text = useIncidentsText();
  const time = useTimeText();
  const tasks = timeline.stages.flatMap((stage) => stage.tasks.map((task) => ({ stage: stage.title, task })));
  const lines: Line[] = [
    ...timeline.bands.map((band) => ({
      key: `band ${band.from}`,
      at: band.from,
      content: <BandWords band={band} />,
    })),
    ...timeline.gaps.map((gap) => ({
      key: `gap ${gap.from}`,
      at: gap.from,
      content: text("nothingFor", { duration: durationText(gap.to - gap.from) }),
    })),
    ...timeline.marks.map((mark) => ({ key: mark.key, at: mark.at, content: <MarkWords mark={mark} /> })),
    ...tasks.flatMap(({ task }) =>
      task.marks.map((mark) => ({
        key: `${task.key} ${mark.key}`,
        at: mark.at,
        content: <MarkWords mark={mark} task={task.title} />,
      })),
    ),
  ].sort((a, b) => a.at - b.at);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long table is scrolled by keyboard too
    <div className={styles.scroller} tabIndex={0}>
      <table className={styles.table}>
        <caption className="hidden-text">{text("timelineTitle")}</caption>
        <thead>
          <tr>
            <th scope="col">{text("sinceStart")}</th>
            <th scope="col">{text("time")}</th>
            <th scope="col">{text("event")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, at, content }) => (
            <tr key={key}>
              <td className={styles.number}>{durationText(at - timeline.from, { seconds: true })}</td>
              <td className={styles.number}>{time.moment(at)}</td>
              <td>{content}</td>
            </tr>
          ))}
          {tasks
            .filter(({ task }) => !task.isDone)
            .map(({ stage, task }) => (
              <tr key={task.key}>
                <td>--</td>
                <td>--</td>
                <td>{text("taskOpen", { task: task.title, stage })}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

function MarkWords({ mark, task }: { mark: Mark; task?: string }) {
  return useMarkWords(mark, task);
}

function BandWords({ band }: { band: Band }) {
  const text = useIncidentsText();
  return text("stageFor", { stage: band.title, duration: durationText(band.to - band.from) });
}
