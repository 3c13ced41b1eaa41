import type { HostTheme } from "./surroundings";

/** Where in Mattermost's page we draw: the panel, its title, and whole pages. */
export type SlotName = "panel" | "title" | "page";

export interface OpenSlots {
  /** The elements that Mattermost shows at present. */
  elements: Readonly<Partial<Record<SlotName, HTMLElement>>>;
  /** The theme that Mattermost last handed to what it shows. */
  theme: HostTheme | null;
}

/** What Mattermost's React draws of us are empty elements; our own React finds them here, and fills them. */
export interface Slots {
  read: () => OpenSlots;
  subscribe: (listener: () => void) => () => void;
  /** An element is there. Gives what says that it is gone. */
  open: (name: SlotName, element: HTMLElement) => () => void;
  themed: (theme: HostTheme) => void;
}

export function makeSlots(): Slots {
  let slots: OpenSlots = { elements: {}, theme: null };
  const listeners = new Set<() => void>();
  const change = (next: Partial<OpenSlots>) => {
    slots = { ...slots, ...next };
    for (const listener of listeners) listener();
  };
  return {
    read: () => slots,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    open: (name, element) => {
      change({ elements: { ...slots.elements, [name]: element } });
      return () => {
        // The next one may be there already before the last one is gone.
        if (slots.elements[name] === element) change({ elements: { ...slots.elements, [name]: undefined } });
      };
    },
    themed: (theme) => {
      if (theme !== slots.theme) change({ theme });
    },
  };
}
