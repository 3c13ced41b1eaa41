import { type ReactNode, Suspense, useMemo, useState, useSyncExternalStore } from "react";
import { UNSAFE_PortalProvider as PortalProvider } from "react-aria/PortalProvider";
import { RouterProvider as AriaRouter } from "react-aria-components";
import { createPortal } from "react-dom";
import { navigate, panels, placeStore, roots, SITE_PATH, useConnection } from "@/host";
import { Banner, MarkdownContext, Spinner, Toasts } from "@/ui";
import { useMarkdownSurroundings } from "@/workspace";
import type { Language } from "../common/languages";
import { Provided } from "../common/Provided";
import { Broken } from "./Broken";
import { HostPage } from "./HostPage";
import { Scope } from "./Scope";
import type { Slots } from "./slots";
import type { HostStore } from "./surroundings";
import { usePluginText } from "./text";
import { useColours } from "./theme";

interface PluginAppProps {
  language: Language;
  slots: Slots;
  store: HostStore;
}

/** All that we show in Mattermost: one tree, whose parts stand where Mattermost has places for them. */
export function PluginApp({ language, slots, store }: PluginAppProps) {
  const open = useSyncExternalStore(slots.subscribe, slots.read);
  const colours = useColours(store, open);
  const isPlaced = placeStore((place) => place.me !== null && place.team !== null);
  const [overlays, setOverlays] = useState<HTMLElement | null>(null);
  const { panel, title, page } = open.elements;
  return (
    <Surroundings language={language} overlays={overlays}>
      <Scope kind="overlays" colours={colours} ref={setOverlays}>
        <Toasts />
        {isPlaced && overlays && <Roots />}
      </Scope>
      {isPlaced && overlays && (
        <>
          {title &&
            createPortal(
              <Scope kind="title" colours={colours}>
                <PanelTitle />
              </Scope>,
              title,
            )}
          {panel &&
            createPortal(
              <Scope kind="panel" colours={colours} fills={panel}>
                <PanelBody />
              </Scope>,
              panel,
            )}
          {page &&
            createPortal(
              <Scope kind="page" colours={colours} fills={page}>
                <Broken>
                  <HostPage />
                </Broken>
              </Scope>,
              page,
            )}
        </>
      )}
    </Surroundings>
  );
}

interface SurroundingsProps {
  language: Language;
  /** Where windows above the page are drawn. */
  overlays: HTMLElement | null;
  children: ReactNode;
}

function Surroundings({ language, overlays, children }: SurroundingsProps) {
  const go = useMemo(() => (to: string) => navigate(to), []);
  return (
    <Provided language={language}>
      <AriaRouter navigate={go} useHref={(href) => SITE_PATH + href}>
        <PortalProvider getContainer={() => overlays}>
          <Markdowns>{children}</Markdowns>
        </PortalProvider>
      </AriaRouter>
    </Provided>
  );
}

/** What people wrote looks as in our own chat; hashtags lead nowhere, as a search is Mattermost's own. */
function Markdowns({ children }: { children: ReactNode }) {
  const ours = useMarkdownSurroundings();
  const value = useMemo(() => ({ ...ours, hashtag: (tag: string) => tag }), [ours]);
  return <MarkdownContext value={value}>{children}</MarkdownContext>;
}

function PanelTitle() {
  const Title = panels()[0]?.Title;
  return Title && <Title params={NONE} />;
}

function PanelBody() {
  const text = usePluginText();
  const isLost = useConnection() === "lost";
  const Body = panels()[0]?.Body;
  return (
    <>
      {isLost && <Banner tone="warning">{text("connectionLost")}</Banner>}
      <Broken>
        <Suspense fallback={<Spinner />}>{Body && <Body params={NONE} />}</Suspense>
      </Broken>
    </>
  );
}

/** What is mostly empty: watches, and shows dialogs. */
function Roots() {
  return roots().map((Root, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes while the page lives
    <Suspense key={at} fallback={null}>
      <Root />
    </Suspense>
  ));
}

const NONE = {};
