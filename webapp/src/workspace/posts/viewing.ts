import { useEffect } from "react";
import { isMember, viewChannel } from "@/api";

const SELDOM_MS = 1_000;

/** When the server was last told of a channel: not more often than each second, however fast posts come. */
const told = new Map<string, number>();

/** While a channel is shown in a window that has the focus, it is read: the server is told so. */
export function useViewing(channelId: string, newestId: string): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Whoever is offline has not read it; what is missed is told again with the next post.
    const view = () => {
      if (isMember(channelId)) void viewChannel(channelId).catch(() => undefined);
    };
    if (document.hasFocus() && newestId !== "") {
      const since = Date.now() - (told.get(channelId) ?? 0);
      told.set(channelId, Date.now());
      if (since > SELDOM_MS) view();
      else timer = setTimeout(view, SELDOM_MS);
    }
    window.addEventListener("focus", view);
    return () => {
      window.removeEventListener("focus", view);
      clearTimeout(timer);
    };
  }, [channelId, newestId]);
}
