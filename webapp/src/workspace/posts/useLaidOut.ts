import type { Post } from "@mattermost/types/posts";
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";

/** So many posts up to the end are laid out at first, and so many more when one comes near to the first of them. */
const AT_FIRST = 500;
const MORE = 500;
/** Above the post that is shown at first, when it is further up. */
const ABOVE = 100;

export interface LaidOut {
  posts: readonly Post[];
  /** So many older ones are loaded and not laid out. */
  left: number;
  /** The last of those. */
  before: Post | undefined;
  more: () => void;
  /** Back to few: for when the end is read again. */
  fewer: () => void;
}

/**
 * The newest of the posts that are loaded: each that arrives costs what it costs to lay all of them out, and tens of
 * thousands may be loaded.
 */
export function useLaidOut(posts: readonly Post[], beginIndex: number): LaidOut {
  const [firstId, setFirstId] = useState(() => {
    const lowest = beginIndex >= 0 ? beginIndex - ABOVE : posts.length;
    return posts[Math.max(0, Math.min(posts.length - AT_FIRST, lowest))]?.id ?? "";
  });
  const length = useRef(posts.length);
  // The first may have been deleted, or an empty channel had none.
  const found = posts.findLastIndex((post) => post.id === firstId);
  const from = found >= 0 ? found : Math.max(0, posts.length - length.current);
  useLayoutEffect(() => {
    length.current = posts.length - from;
  });
  const shown = useMemo(() => (from === 0 ? posts : posts.slice(from)), [posts, from]);
  const more = useCallback(() => setFirstId(posts[Math.max(0, from - MORE)]?.id ?? ""), [posts, from]);
  const fewer = useCallback(() => {
    if (shown.length > AT_FIRST + MORE) setFirstId(shown.at(-AT_FIRST)?.id ?? "");
  }, [shown]);
  return { posts: shown, left: from, before: posts[from - 1], more, fewer };
}
