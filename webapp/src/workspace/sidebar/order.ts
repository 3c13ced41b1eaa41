import { createContext, type RefObject } from "react";

/** The ids of a section's channels in the order in which they are shown. */
export const ShownOrder = createContext<RefObject<readonly string[]>>({ current: [] });

/** Before which channel one goes to move a step ("" = to the end); null at the edge. */
export function stepTo(shown: readonly string[], channelId: string, by: -1 | 1): string | null {
  const at = shown.indexOf(channelId);
  if (at < 0 || at + by < 0 || at + by >= shown.length) return null;
  return (by < 0 ? shown[at - 1] : shown[at + 2]) ?? "";
}
