import type { Post } from "@mattermost/types/posts";
import { useVirtualizer, type VirtualItem, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useLayoutEffect, useReducer, useRef, useState } from "react";

/** Where a talk is shown at first: with a post at the top or in the middle, or its end. */
export type Begin = { index: number; align: "start" | "center" } | "end";

interface Places {
  scroller: RefObject<HTMLDivElement | null>;
  /** What stands before the first post. */
  heading: RefObject<HTMLDivElement | null>;
  /** What holds the posts, as high as they all are. */
  sizer: RefObject<HTMLDivElement | null>;
  /** What stands behind the last post. */
  ending: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  isAtEnd: boolean;
  jumpToEnd: () => void;
  /** The posts that are drawn. */
  items: VirtualItem[];
  /** The same as it is at this moment, which may not be drawn yet. */
  drawn: () => VirtualItem[];
  /** Where the first of them begins, from the sizer's top. */
  top: number;
  height: number;
  measure: (element: HTMLElement | null) => void;
}

/** So near to the end, in pixels, the end stays in view while the talk grows. */
const NEAR_END = 60;
/** So much of what came before a post is shown above it. */
const ABOVE = 80;
/** Posts drawn beyond the edges: few at first, so that a channel is there at once; then enough for quick scrolling. */
const FEW_BEYOND = 1;
const BEYOND = 10;

/** The height of the last list: the next one can be drawn before it is measured. */
let usualHeight = 640;

/** Which posts of a long talk are drawn, and where; its end stays in view while that is where the reader is. */
export function usePlaces(posts: readonly Post[], begin: Begin, follows: boolean): Places {
  const scroller = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLDivElement>(null);
  const sizer = useRef<HTMLDivElement>(null);
  const ending = useRef<HTMLDivElement>(null);
  const [headingHeight, setHeadingHeight] = useState(0);
  const list = useVirtualizer<HTMLDivElement, HTMLElement>({
    count: posts.length,
    getScrollElement: () => scroller.current,
    getItemKey: useCallback((index: number) => posts[index]?.id ?? "", [posts]),
    estimateSize: (index) => usualHeightOf(posts[index]),
    measureElement: heightOf,
    indexAttribute: "data-row",
    initialOffset: () => offsetOf(posts, begin),
    initialRect: { width: 0, height: usualHeight },
    overscan: useBeyond(),
    scrollMargin: headingHeight,
    anchorTo: "end",
    followOnAppend: follows,
    scrollEndThreshold: NEAR_END,
  });
  const { isAtEnd, look, staysAtEnd } = useEnd(scroller, begin === "end");

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    let headed = heading.current?.offsetHeight ?? 0;
    const settle = () => {
      const grown = (heading.current?.offsetHeight ?? 0) - headed;
      headed += grown;
      usualHeight = box.clientHeight || usualHeight;
      setHeadingHeight(headed);
      if (staysAtEnd.current) box.scrollTop = box.scrollHeight;
      else if (box.scrollTop > 0 && grown !== 0) box.scrollTop += grown;
      // What is measured before the event of this scrolling comes would be put right from where it was.
      list.scrollOffset = box.scrollTop;
      look();
    };
    settle();
    const observer = new ResizeObserver(settle);
    for (const part of [box, heading.current, sizer.current, ending.current]) part && observer.observe(part);
    return () => observer.disconnect();
  }, [list, look, staysAtEnd]);

  const items = list.getVirtualItems();
  useDrawnWhereItIs(scroller, list, items);
  return {
    scroller,
    heading,
    sizer,
    ending,
    onScroll: look,
    isAtEnd,
    jumpToEnd: () => {
      staysAtEnd.current = true;
      list.scrollToEnd();
    },
    items,
    drawn: list.getVirtualItems,
    top: (items[0]?.start ?? headingHeight) - headingHeight,
    height: list.getTotalSize(),
    measure: list.measureElement,
  };
}

/**
 * Draws what is in view where the list takes it for drawn already: when older posts come and the reader scrolls to the
 * top in the same frame, it compares with where the reader was at its last event, not with what was drawn since.
 */
function useDrawnWhereItIs(
  scroller: RefObject<HTMLElement | null>,
  list: Virtualizer<HTMLDivElement, HTMLElement>,
  items: VirtualItem[],
): void {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const drawn = useRef(items);
  useLayoutEffect(() => {
    drawn.current = items;
  });
  useLayoutEffect(() => {
    const box = scroller.current;
    // Not React's onScroll: that comes before the list's own listener.
    const onScroll = () => list.getVirtualItems() !== drawn.current && draw();
    box?.addEventListener("scroll", onScroll, { passive: true });
    return () => box?.removeEventListener("scroll", onScroll);
  }, [scroller, list]);
}

/** Whether the end is in view, and whether it stays there: until somebody scrolls away from it. */
function useEnd(scroller: RefObject<HTMLElement | null>, isThereAtFirst: boolean) {
  const [isAtEnd, setIsAtEnd] = useState(isThereAtFirst);
  const staysAtEnd = useRef(isThereAtFirst);
  const before = useRef(0);
  const look = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    const isThere = box.scrollHeight - box.scrollTop - box.clientHeight <= NEAR_END;
    if (isThere) staysAtEnd.current = true;
    else if (box.scrollTop < before.current) staysAtEnd.current = false;
    before.current = box.scrollTop;
    setIsAtEnd(isThere);
  }, [scroller]);
  return { isAtEnd, look, staysAtEnd };
}

function useBeyond(): number {
  const [beyond, setBeyond] = useState(FEW_BEYOND);
  useLayoutEffect(() => {
    const timer = setTimeout(() => setBeyond(BEYOND), 150);
    return () => clearTimeout(timer);
  }, []);
  return beyond;
}

/** The height of a post that was not measured yet: most are one line and go on from the one before. */
function usualHeightOf(post: Post | undefined): number {
  return 30 + 21 * Math.floor((post?.message.length ?? 0) / 110);
}

function heightOf(element: HTMLElement, entry: ResizeObserverEntry | undefined): number {
  return entry?.borderBoxSize[0]?.blockSize ?? element.getBoundingClientRect().height;
}

function offsetOf(posts: readonly Post[], begin: Begin): number {
  const above = begin === "end" ? posts : posts.slice(0, begin.index);
  const height = above.reduce((sum, post) => sum + usualHeightOf(post), 0);
  if (begin === "end") return Math.max(0, height - usualHeight);
  return Math.max(0, height - (begin.align === "start" ? ABOVE : usualHeight / 2));
}
