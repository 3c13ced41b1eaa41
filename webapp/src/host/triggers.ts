/** Trigger ids of what this tab asked for: a dialog opens only where it was asked for, and the event may come first. */

const expected = new Set<string>();
const listeners = new Set<(trigger: string) => void>();

/** Say that an answer named this trigger: the dialog that bears it is ours. */
export function expectTrigger(trigger: string | undefined): void {
  if (!trigger) return;
  expected.add(trigger);
  for (const tell of listeners) tell(trigger);
}

export function isExpected(trigger: string): boolean {
  return expected.has(trigger);
}

/** Hear of triggers as they become expected. Gives what ends the hearing. */
export function onExpected(listener: (trigger: string) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
