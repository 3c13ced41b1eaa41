import { type ReactNode, type Ref, useLayoutEffect, useState } from "react";
import type { Colours } from "./theme";

interface ScopeProps {
  kind: "panel" | "title" | "page" | "overlays";
  colours: Colours;
  /** The element of Mattermost that is filled to the end of the window, or of the sidebar that it stands in. */
  fills?: HTMLElement;
  ref?: Ref<HTMLDivElement>;
  children: ReactNode;
}

/** A part of Mattermost's page in which our styles hold, and its own do not; in the colours of its theme. */
export function Scope({ kind, colours, fills, ref, children }: ScopeProps) {
  const height = useRoomBelow(fills);
  return (
    <div
      ref={ref}
      className="commandpost"
      data-kind={kind}
      data-theme={colours.isDark ? "dark" : "light"}
      data-hosted={colours.isKnown || undefined}
      style={{ ...colours.style, ...(height !== null && { blockSize: height }) }}
    >
      {children}
    </div>
  );
}

/** How high something may be that begins where an element does: each version of Mattermost lays its page out anew. */
function useRoomBelow(element: HTMLElement | undefined): number | null {
  const [room, setRoom] = useState<number | null>(null);
  useLayoutEffect(() => {
    if (!element) return;
    const measure = () => {
      const end = element.closest("#sidebar-right")?.getBoundingClientRect().bottom ?? window.innerHeight;
      setRoom(Math.max(0, Math.floor(end - element.getBoundingClientRect().top)));
    };
    const watch = new ResizeObserver(measure);
    for (const one of [document.documentElement, element.parentElement]) if (one) watch.observe(one);
    measure();
    return () => watch.disconnect();
  }, [element]);
  return room;
}
