const CALM_MS = 1_000;

/** Asks about a thing at once, and about the same thing again a second later at the earliest, however often it is told to. */
export class Calm {
  /** What was asked about within the last second; true if it is to be asked about again. */
  private readonly asked = new Map<string, boolean>();
  private readonly timers = new Set<ReturnType<typeof setTimeout>>();

  constructor(private readonly deed: (id: string) => void) {}

  ask(id: string): void {
    if (this.asked.has(id)) {
      this.asked.set(id, true);
      return;
    }
    this.asked.set(id, false);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      const isWanted = this.asked.get(id);
      this.asked.delete(id);
      if (isWanted) this.ask(id);
    }, CALM_MS);
    this.timers.add(timer);
    this.deed(id);
  }

  end(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }
}
