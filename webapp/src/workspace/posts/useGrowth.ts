import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { loadNewer, loadOlder, messageOf } from "@/api";
import { onGap } from "@/host";
import type { LaidOut } from "./useLaidOut";

/** So many posts before an edge of what is loaded more is asked for. */
const NEAR_EDGE = 20;

interface Failure {
  /** What the server said, if it said anything. */
  reason: string | undefined;
  retry: () => void;
}

export interface Growth {
  /** Why there are no older posts yet, or newer ones, though there are some. */
  older: Failure | null;
  newer: Failure | null;
}

/**
 * More is laid out, or loaded, when one comes near to the first or the last post that is there. The list is looked at
 * after each drawing and each scrolling, never while drawing: a drawing that React finds to be without change is thrown
 * away, and takes with it the effects of what it saw.
 */
export function useGrowth(
  channelId: string,
  scroller: RefObject<HTMLElement | null>,
  { posts, left, more }: LaidOut,
  drawn: () => readonly { index: number }[],
): Growth {
  const [older, askOlder] = useLoading(loadOlder, channelId);
  const [newer, askNewer] = useLoading(loadNewer, channelId);
  const look = () => {
    const places = drawn();
    const first = places[0];
    const last = places.at(-1);
    if (!first || !last) return;
    if (first.index < NEAR_EDGE) {
      if (left > 0) more();
      else askOlder(posts[0]?.id);
    }
    if (last.index >= posts.length - NEAR_EDGE) askNewer(posts.at(-1)?.id);
  };
  const latest = useRef(look);
  useLayoutEffect(() => {
    latest.current = look;
    look();
  });
  useLayoutEffect(() => {
    const box = scroller.current;
    const onScroll = () => latest.current();
    box?.addEventListener("scroll", onScroll, { passive: true });
    return () => box?.removeEventListener("scroll", onScroll);
  }, [scroller]);
  return { older, newer };
}

/** What goes on loading at one edge: one question at a time; what failed waits for a word, or for the connection. */
function useLoading(load: (channel: string, edge: string) => Promise<void>, channelId: string) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const state = useRef<"idle" | "asking" | "failed">("idle");
  const ask = useCallback(
    async (edge: string | undefined) => {
      if (edge === undefined || state.current !== "idle") return;
      state.current = "asking";
      try {
        await load(channelId, edge);
        state.current = "idle";
      } catch (error) {
        state.current = "failed";
        const retry = () => {
          if (state.current !== "failed") return;
          state.current = "idle";
          // Drawing that it failed no more, one looks again what is wanted.
          setFailure(null);
        };
        setFailure({ reason: messageOf(error), retry });
      }
    },
    [load, channelId],
  );
  useEffect(() => {
    if (failure === null) return;
    window.addEventListener("online", failure.retry);
    const deaf = onGap(failure.retry);
    return () => {
      window.removeEventListener("online", failure.retry);
      deaf();
    };
  }, [failure]);
  return [failure, ask] as const;
}
