import { lazy, Suspense } from "react";
import { panelStore, roots, useConnection, useIsNarrow } from "@/host";
import { Banner, Spinner } from "@/ui";
import { Dialogs } from "../dialogs/Dialogs";
import { Announcer } from "../notify/Announcer";
import { NotificationBanner } from "../notify/NotificationBanner";
import { WindowTitle } from "../notify/title";
import { Sidebar } from "../sidebar/Sidebar";
import { useWorkspaceText } from "../text";
import { useBackCloses } from "./back";
import { drawerStore } from "./drawer";
import styles from "./Shell.module.css";

const PanelSlot = lazy(() => import("./PanelSlot"));

/** Sidebar, page and panel beside each other; on a phone one at a time. */
export function Shell({ children }: { children: React.ReactNode }) {
  const text = useWorkspaceText();
  const isNarrow = useIsNarrow();
  const panel = panelStore();
  const isDrawerOpen = drawerStore((drawer) => drawer.isOpen);
  useBackCloses(!isNarrow ? null : isDrawerOpen ? "sidebar" : panel.open !== null ? "panel" : null);
  const coversPage = panel.open !== null && (isNarrow || panel.isWide);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#page">
        {text("skipToPage")}
      </a>
      <section className={styles.notices} aria-label={text("notices")}>
        <ConnectionBanner />
        <NotificationBanner />
        <Announcer />
      </section>
      <div className={styles.columns} data-drawer={(isNarrow && isDrawerOpen) || undefined}>
        {(!isNarrow || isDrawerOpen) && <Sidebar isPage={isNarrow} />}
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
      <WindowTitle />
      <Dialogs />
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
