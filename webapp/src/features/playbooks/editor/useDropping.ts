import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { autoScrollForElements } from "@atlaskit/pragmatic-drag-and-drop-auto-scroll/element";
import { type RefObject, useEffect } from "react";
import { changeOfDrop } from "./drag";
import type { EditorWork } from "./EditorContext";
import { edgeIn, pieceIn } from "./useDraggable";

/** Turns each drop into a change, and scrolls while something is dragged to an edge of the window. */
export function useDropping({ dispatch, draft }: EditorWork, scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (scroller.current === null) return;
    return combine(
      autoScrollForElements({ element: scroller.current }),
      monitorForElements({
        onDrop: ({ source, location }) => {
          const target = location.current.dropTargets[0];
          const dragged = pieceIn(source.data);
          const under = target && pieceIn(target.data);
          if (!dragged || !under) return;
          const change = changeOfDrop(draft(), dragged, under, edgeIn(target.data));
          if (change) dispatch(change);
        },
      }),
    );
  }, [dispatch, draft, scroller]);
}
