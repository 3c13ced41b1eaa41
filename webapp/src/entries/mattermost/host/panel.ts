import { panelStore, panels } from "@/host";
import type { Plugged } from "../app";

/** Something of Mattermost's own, such as a thread, is open at the right-hand side. */
const OTHERS = { id: "mattermost", params: {} };

/** Keep which panel is open as Mattermost has it, and open and close ours there. Gives what ends it. */
export function followPanel({ store, panel }: Plugged): () => void {
  if (!panel) return () => undefined;
  const isOurs = () => {
    const { isSidebarOpen, pluggableId } = store.getState().views.rhs;
    return isSidebarOpen && pluggableId === panel.id;
  };
  const follow = () => {
    const ours = panels()[0];
    const { open } = panelStore.getState();
    if (isOurs()) {
      if (ours && open?.id !== ours.id) panelStore.setState({ open: { id: ours.id, params: {} } });
    } else if (store.getState().views.rhs.isSidebarOpen) {
      if (open?.id !== OTHERS.id) panelStore.setState({ open: OTHERS });
    } else if (open !== null) panelStore.setState({ open: null });
  };
  const ends = [
    store.subscribe(follow),
    panelStore.subscribe(({ open }) => {
      const isWanted = open !== null && open.id !== OTHERS.id;
      if (isWanted && !isOurs()) store.dispatch(panel.showRHSPlugin);
      if (open === null && isOurs() && panel.hideRHSPlugin) store.dispatch(panel.hideRHSPlugin);
    }),
  ];
  follow();
  return () => {
    for (const end of ends) end();
    if (isOurs() && panel.hideRHSPlugin) store.dispatch(panel.hideRHSPlugin);
    panelStore.setState({ open: null });
  };
}
