import { create } from "zustand";

interface OpenPanel {
  /** The id under which a panel was contributed. */
  id: string;
  params: Readonly<Record<string, string>>;
}

interface Panels {
  open: OpenPanel | null;
  /** Takes the whole width beside the sidebar. */
  isWide: boolean;
}

export const panelStore = create<Panels>(() => ({ open: null, isWide: false }));

/** Show a panel at the right-hand side (a page of its own on a phone), in place of the one that is open. */
export function openPanel(id: string, params: Readonly<Record<string, string>> = {}): void {
  panelStore.setState(({ open, isWide }) => ({ open: { id, params }, isWide: open?.id === id && isWide }));
}

export function closePanel(): void {
  panelStore.setState({ open: null, isWide: false });
}

/** Close the panel if it is the open one, else open it. */
export function togglePanel(id: string): void {
  if (panelStore.getState().open?.id === id) closePanel();
  else openPanel(id);
}

/** The id of the open panel, or null. */
export function useOpenPanelId(): string | null {
  return panelStore((state) => state.open?.id ?? null);
}
