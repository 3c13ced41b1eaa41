/** Gathers what is asked for one by one within a moment, and asks the server once. */
export function batched<Item>(
  load: (ids: string[]) => Promise<Item[]>,
  idOf: (item: Item) => string,
): (id: string) => Promise<Item | null> {
  let waiting = new Map<string, ((found: Promise<Item | null>) => void)[]>();

  async function flush(): Promise<void> {
    const asked = waiting;
    waiting = new Map();
    const found = load([...asked.keys()]).then((items) => new Map(items.map((item) => [idOf(item), item])));
    for (const [id, tellers] of asked) {
      for (const tell of tellers) tell(found.then((items) => items.get(id) ?? null));
    }
  }

  return (id) =>
    new Promise((resolve) => {
      if (waiting.size === 0) setTimeout(flush, 5);
      waiting.set(id, [...(waiting.get(id) ?? []), resolve]);
    });
}
