import { useEffect } from "react";
import { viewChannel } from "@/api";

const SOON_MS = 300;

/** While a channel is shown in a window that has the focus, it is read: the server is told so. */
export function useViewing(channelId: string, newestId: string): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const view = () => {
      clearTimeout(timer);
      // Whoever is offline has not read it; what is missed is told again with the next post.
      timer = setTimeout(() => viewChannel(channelId).catch(() => undefined), SOON_MS);
    };
    if (document.hasFocus() && newestId !== "") view();
    window.addEventListener("focus", view);
    return () => {
      window.removeEventListener("focus", view);
      clearTimeout(timer);
    };
  }, [channelId, newestId]);
}
