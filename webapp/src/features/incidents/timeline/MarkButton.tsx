import { Check, Flag, FlagOff, Megaphone, RotateCcw, Undo2, UserRoundCog } from "lucide-react";
import type { CSSProperties } from "react";
import { Button } from "react-aria-components";
import { navigate, paths, useTeam } from "@/host";
import { durationText, Tooltip, useTimeText } from "@/ui";
import { useIncidentsText } from "../text";
import { useName } from "../useName";
import styles from "./MarkButton.module.css";
import type { Mark } from "./timeline";

const ICONS: Readonly<Record<Mark["kind"], typeof Check>> = {
  done: Check,
  reopened: Undo2,
  status: Megaphone,
  commander: UserRoundCog,
  started: Flag,
  ended: FlagOff,
  restarted: RotateCcw,
};

export interface MarkButtonProps {
  /** What happened about then; mostly one thing. */
  marks: readonly [Mark, ...Mark[]];
  /** The task it belongs to. */
  task?: string;
  /** When the incident began. */
  start: number;
  style: CSSProperties;
  /** Several marks are to be looked at more closely. */
  onCloser: (first: number, last: number) => void;
}

/** A place of the chart where something happened: it says what. */
export function MarkButton({ marks, ...rest }: MarkButtonProps) {
  const [first, ...others] = marks;
  return others.length === 0 ? <OneMark mark={first} {...rest} /> : <SeveralMarks marks={marks} {...rest} />;
}

/** It leads to the post about what happened. */
function OneMark({ mark, task, start, style }: Omit<MarkButtonProps, "marks" | "onCloser"> & { mark: Mark }) {
  const team = useTeam();
  const words = useMarkWords(mark, task);
  const when = useWhen(mark.at, start);
  const Icon = ICONS[mark.kind];
  return (
    <Tooltip text={`${words} · ${when}`} delay={0}>
      <Button
        className={styles.mark}
        data-kind={mark.kind}
        style={style}
        aria-label={`${words}, ${when}`}
        onPress={() => {
          if (mark.postId !== "") navigate(paths.post(team.name, mark.postId));
        }}
      >
        <Icon size={11} strokeWidth={3} aria-hidden="true" />
      </Button>
    </Tooltip>
  );
}

/** It leads closer, until they stand apart. */
function SeveralMarks({ marks, task, start, style, onCloser }: MarkButtonProps) {
  const text = useIncidentsText();
  const first = marks[0].at;
  const last = marks.at(-1)?.at ?? first;
  const words = text("several", { count: marks.length, task: task ?? "" });
  const when = useWhen(first, start);
  return (
    <Tooltip text={`${words} · ${when}`} delay={0}>
      <Button
        className={styles.mark}
        data-kind="several"
        style={style}
        aria-label={`${words}, ${when}`}
        onPress={() => onCloser(first, last)}
      >
        {marks.length}
      </Button>
    </Tooltip>
  );
}

/** What happened, as a sentence. */
export function useMarkWords(mark: Mark, task = ""): string {
  const text = useIncidentsText();
  const name = useName(mark.by);
  const who = useName(mark.who ?? "");
  switch (mark.kind) {
    case "done":
      return mark.by === "" ? text("markDone", { task }) : text("markDoneBy", { task, name });
    case "reopened":
      return text("markReopened", { task, name });
    case "status":
      return text("markStatus", { name });
    case "commander":
      return text("markCommander", { who });
    case "started":
      return text("markStarted", { name });
    case "ended":
      return text("markEnded", { name });
    case "restarted":
      return text("markRestarted", { name });
  }
}

/** A moment as the time since the start, and by the clock. */
export function useWhen(at: number, start: number): string {
  const text = useIncidentsText();
  const time = useTimeText();
  return text("afterStart", {
    duration: durationText(at - start, { seconds: true }),
    moment: time.moment(at),
  });
}
