import { create } from "zustand";

/** On a narrow screen the sidebar covers the page while it is open. */
export const drawerStore = create<{ isOpen: boolean }>(() => ({ isOpen: false }));

export function openSidebar(): void {
  drawerStore.setState({ isOpen: true });
}

export function closeSidebar(): void {
  drawerStore.setState({ isOpen: false });
}
