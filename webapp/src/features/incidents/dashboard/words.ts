import { useIntl } from "react-intl";
import { durationText } from "@/ui";
import type { Spread } from "./questions";
import { FEW, type Step, stageOf } from "./steps";
import { useDashboardText } from "./text";

/** What a step is called. */
export function useStepWords(): (step: Step) => string {
  const text = useDashboardText();
  return (step) => {
    const stage = stageOf(step);
    if (stage !== null) return text("stepStage", { title: stage });
    return text(step === "first" ? "stepFirst" : "stepEnd");
  };
}

/** "Nov 2026" of "2026-11". */
export function useMonthWords(): (month: string) => string {
  const intl = useIntl();
  return (month) =>
    intl.formatDate(Date.parse(`${month}-15T12:00:00Z`), {
      month: "short",
      year: "numeric",
      timeZone: "UTC",
    });
}

/** "12m", marked where it is of few incidents; a dash where it never happened. */
export function useMedianWords(): (spread: Spread | null) => string {
  const text = useDashboardText();
  return (spread) => {
    if (!spread) return "–";
    const time = durationText(spread.median_ms);
    return spread.count < FEW ? `${time} (${text("few")})` : time;
  };
}
