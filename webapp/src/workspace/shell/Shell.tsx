import { lazy, Suspense } from "react";
import { create } from "zustand";
import { panelStore, roots, useConnection, useIsNarrow } from "@/host";
import { Banner, Spinner } from "@/ui";
import { Sidebar } from "../sidebar/Sidebar";
import { useWorkspaceText } from "../text";
import styles from "./Shell.module.css";

const PanelSlot = lazy(() => import("./PanelSlot"));

/** On a narrow screen the sidebar covers the page while it is open. */
const useDrawer = create<{ isOpen: boolean }>(() => ({ isOpen: false }));

export function openSidebar(): void {
  useDrawer.setState({ isOpen: true });
}

export function closeSidebar(): void {
  useDrawer.setState({ isOpen: false });
}

/** Sidebar, page and panel beside each other; on a phone one at a time. */
export function Shell({ children }: { children: React.ReactNode }) {
  const text = useWorkspaceText();
  const isNarrow = useIsNarrow();
  const panel = panelStore();
  const isDrawerOpen = useDrawer((drawer) => drawer.isOpen);
  const coversPage = panel.open !== null && (isNarrow || panel.isWide);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#page">
        {text("skipToPage")}
      </a>
      <ConnectionBanner />
      <div className={styles.columns} data-drawer={(isNarrow && isDrawerOpen) || undefined}>
        {(!isNarrow || isDrawerOpen) && <Sidebar />}
        <main
          id="page"
          className={styles.page}
          tabIndex={-1}
          hidden={coversPage || (isNarrow && isDrawerOpen)}
        >
          <Suspense fallback={<Spinner label={text("loading")} />}>{children}</Suspense>
        </main>
        {panel.open !== null && !(isNarrow && isDrawerOpen) && (
          <Suspense fallback={null}>
            <PanelSlot id={panel.open.id} params={panel.open.params} isWide={coversPage} />
          </Suspense>
        )}
      </div>
      {roots().map((Root, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes while the page lives
        <Suspense key={at} fallback={null}>
          <Root />
        </Suspense>
      ))}
    </div>
  );
}

function ConnectionBanner() {
  const text = useWorkspaceText();
  return useConnection() === "lost" ? <Banner tone="warning">{text("connectionLost")}</Banner> : null;
}
