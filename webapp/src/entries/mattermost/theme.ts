import { useEffect, useState } from "react";
import type { OpenSlots } from "./slots";
import type { HostState, HostStore, HostTheme } from "./surroundings";

/** Our names for the colours that a theme of Mattermost gives, with the names it has for them in styles and in state. */
const COLOURS = [
  ["--host-bg", "--center-channel-bg", "centerChannelBg"],
  ["--host-text", "--center-channel-color", "centerChannelColor"],
  ["--host-link", "--link-color", "linkColor"],
  ["--host-button", "--button-bg", "buttonBg"],
  ["--host-on-button", "--button-color", "buttonColor"],
] as const;

export interface Colours {
  isDark: boolean;
  /** Whether Mattermost told all of them; else ours hold. */
  isKnown: boolean;
  /** Custom properties that plugin.css builds on. */
  style: Readonly<Record<string, string>>;
}

/** The colours of Mattermost's theme, as they are now: from its style sheet, or, in versions without, from its state. */
export function coloursOf(state: HostState, given: HostTheme | null): Colours {
  const styles = getComputedStyle(document.body);
  const theme = given ?? themeIn(state);
  const style: Record<string, string> = {};
  for (const [ours, variable, name] of COLOURS) {
    const colour = styles.getPropertyValue(variable).trim() || theme?.[name];
    if (colour) style[ours] = colour;
  }
  return {
    isDark: isDark(style["--host-bg"] ?? ""),
    isKnown: COLOURS.every(([ours]) => style[ours] !== undefined),
    style,
  };
}

/** A theme that somebody chose is kept as JSON, for one team or for all. */
function themeIn({ entities: { teams, preferences } }: HostState): HostTheme | null {
  const { myPreferences } = preferences;
  const kept = myPreferences[`theme--${teams.currentTeamId}`] ?? myPreferences["theme--"];
  try {
    return kept ? (JSON.parse(kept.value) as HostTheme) : null;
  } catch {
    return null;
  }
}

/** Whether light text is meant for this ground. */
export function isDark(colour: string): boolean {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(colour)?.[1];
  if (hex === undefined) return false;
  const wide = hex.length === 3 ? [...hex].map((digit) => digit + digit).join("") : hex;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => Number.parseInt(wide.slice(at, at + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

/** The colours of Mattermost's theme; they follow it. */
export function useColours(store: HostStore, slots: OpenSlots): Colours {
  const [colours, setColours] = useState(() => coloursOf(store.getState(), slots.theme));
  const given = slots.theme;
  useEffect(() => {
    const look = () => {
      const next = coloursOf(store.getState(), given);
      setColours((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    let seen = store.getState().entities.preferences.myPreferences;
    const unsubscribe = store.subscribe(() => {
      const { myPreferences } = store.getState().entities.preferences;
      if (myPreferences === seen) return;
      seen = myPreferences;
      look();
    });
    // Mattermost writes a chosen theme to the style of its root.
    const watch = new MutationObserver(look);
    for (const element of [document.documentElement, document.body]) {
      watch.observe(element, { attributes: true, attributeFilter: ["style", "class"] });
    }
    look();
    return () => {
      unsubscribe();
      watch.disconnect();
    };
  }, [store, given]);
  return colours;
}
