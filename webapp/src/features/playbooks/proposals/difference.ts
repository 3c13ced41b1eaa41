import type { Wire } from "@/api";

type Stage = Wire["ProposedStageShape"];
type Task = Wire["ProposedTaskShape"];

export interface Line {
  kind: "same" | "added" | "removed";
  task: Task;
}

/** The tasks of a stage before and after a change as one list: what stays, what goes, what comes. */
export function difference(before: Stage | undefined, after: Stage | undefined): Line[] {
  const [was, is] = [before?.tasks ?? [], after?.tasks ?? []];
  const lengths = longest(was, is);
  const lines: Line[] = [];
  let [one, other] = [0, 0];
  for (;;) {
    const [old, fresh] = [was[one], is[other]];
    if (old && fresh && isSame(old, fresh)) {
      lines.push({ kind: "same", task: old });
      one += 1;
      other += 1;
    } else if (old && (!fresh || at(lengths, one + 1, other) >= at(lengths, one, other + 1))) {
      lines.push({ kind: "removed", task: old });
      one += 1;
    } else if (fresh) {
      lines.push({ kind: "added", task: fresh });
      other += 1;
    } else return lines;
  }
}

/** How many tasks the rests of both lists have in common, in order, from each place on. */
function longest(was: readonly Task[], is: readonly Task[]): number[][] {
  const lengths: number[][] = Array.from({ length: was.length + 1 }, () => Array(is.length + 1).fill(0));
  for (const [one, old] of [...was.entries()].reverse()) {
    const row = lengths[one] ?? [];
    for (const [other, fresh] of [...is.entries()].reverse()) {
      row[other] = isSame(old, fresh)
        ? at(lengths, one + 1, other + 1) + 1
        : Math.max(at(lengths, one + 1, other), at(lengths, one, other + 1));
    }
  }
  return lengths;
}

function at(lengths: readonly number[][], one: number, other: number): number {
  return lengths[one]?.[other] ?? 0;
}

function isSame(one: Task, other: Task): boolean {
  return (
    one.title === other.title &&
    one.command === other.command &&
    one.assignee_username === other.assignee_username
  );
}
