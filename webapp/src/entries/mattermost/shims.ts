import type { SlotName, Slots } from "./slots";
import { type HostComponent, type HostElement, hostWindow } from "./surroundings";

/** What Mattermost is given for a place: an empty element, drawn by its React and filled by ours. */
export function slotComponent(slots: Slots, name: SlotName): HostComponent {
  return function CommandPostSlot({ theme }) {
    const { React } = hostWindow;
    const element = React.useRef<HTMLElement | null>(null);
    React.useLayoutEffect(() => (element.current ? slots.open(name, element.current) : () => undefined), []);
    React.useEffect(() => {
      if (theme) slots.themed(theme);
    }, [theme]);
    return React.createElement(name === "title" ? "span" : "div", {
      ref: element,
      style: STYLES[name],
    });
  };
}

/** Enough for Mattermost to give the element its room; what is inside has styles of its own. */
const STYLES = {
  panel: { flex: "1 1 auto", minHeight: 0, position: "relative" },
  title: { display: "inline-flex", minWidth: 0, maxWidth: "100%", verticalAlign: "middle" },
  page: { gridArea: "center", minWidth: 0, width: "100%", position: "relative" },
} as const;

const SHIELD =
  "M20 13c0 5-3.5 7.5-7.7 9a1 1 0 0 1-.7 0C7.5 20.5 4 18 4 13V6a1 1 0 0 1 1-1c2 0 4.5-1.2 6.2-2.7a1.2 1.2 0 0 1 1.6 0C14.5 3.8 17 5 19 5a1 1 0 0 1 1 1z";

/** The sign of incidents. */
export function shieldIcon(): HostElement {
  const { createElement } = hostWindow.React;
  const stroke = { stroke: "currentColor", strokeWidth: 2, strokeLinecap: "round", strokeLinejoin: "round" };
  return createElement(
    "svg",
    { width: 18, height: 18, viewBox: "0 0 24 24", fill: "none", "aria-hidden": true, ...stroke },
    createElement("path", { d: SHIELD }),
    createElement("path", { d: "M12 8v4M12 16h.01" }),
  );
}
