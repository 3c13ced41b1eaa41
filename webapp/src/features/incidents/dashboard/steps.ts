import type { Spread, Times } from "./questions";

/** What the time until is told of: "first", "end", or a stage with its title. */
export type Step = "first" | "end" | `stage:${string}`;

/** With fewer incidents than these, one more may change much. */
export const FEW = 5;

export function stageStep(title: string): Step {
  return `stage:${title}`;
}

/** The title of the stage that a step is about; null for the others. */
export function stageOf(step: Step): string | null {
  return step === "first" || step === "end" ? null : step.slice("stage:".length);
}

/** The steps that incidents took, in the order in which they are mostly reached. */
export function stepsOf(times: Times): Step[] {
  return ["first", ...times.stages.map(({ title }) => stageStep(title)), "end"];
}

/** The step that the address names, if there is one like it. */
export function stepNamed(name: string, steps: readonly Step[]): Step {
  return steps.find((step) => step === name) ?? "end";
}

/** How long it took until a step; null where it happened in none. */
export function spreadOf(times: Times, step: Step): Spread | null {
  if (step === "first") return times.first_update;
  if (step === "end") return times.end;
  return times.stages.find(({ title }) => stageStep(title) === step)?.reached ?? null;
}

/** The first and the last day of a month such as "2026-11". */
export function daysOf(month: string): { from: string; to: string } {
  const [year = 1970, number = 1] = month.split("-").map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return { from: `${month}-01`, to: `${month}-${String(last).padStart(2, "0")}` };
}
