import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { attachClosestEdge, extractClosestEdge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge";
import { type RefObject, useEffect, useRef, useState } from "react";
import { draggedByTouch } from "@/ui";
import type { Edge, Piece } from "./drag";

type Carried = Record<string | symbol, unknown>;

/** The piece that the drag library carries, if it is one of ours. */
export function pieceIn(data: Carried): Piece | null {
  const { type, key } = data;
  return (type === "task" || type === "stage") && typeof key === "string" ? { type, key } : null;
}

export function edgeIn(data: Carried): Edge | null {
  const edge = extractClosestEdge(data);
  return edge === "top" || edge === "bottom" ? edge : null;
}

export interface DragState {
  isDragged: boolean;
  /** The edge at which what is dragged would land; null while nothing would. */
  edge: Edge | null;
  /** A task hangs over the stage itself, not over one of its tasks. */
  isOver: boolean;
}

const STILL: DragState = { isDragged: false, edge: null, isOver: false };

/** Lets a piece be dragged by its handle, and others be dropped on it: tasks on both, stages on stages. */
export function useDraggable<Shown extends HTMLElement>({
  type,
  key,
}: Piece): {
  element: RefObject<Shown | null>;
  handle: RefObject<HTMLButtonElement | null>;
  drag: DragState;
} {
  const element = useRef<Shown>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const [drag, setDrag] = useState(STILL);
  useEffect(() => {
    if (element.current === null || handle.current === null) return;
    return combine(
      draggedByTouch(element.current, handle.current),
      draggable({
        element: element.current,
        dragHandle: handle.current,
        getInitialData: () => ({ type, key }),
        onDragStart: () => setDrag({ ...STILL, isDragged: true }),
        onDrop: () => setDrag(STILL),
      }),
      dropTargetForElements({
        element: element.current,
        canDrop: ({ source }) => {
          const dragged = pieceIn(source.data);
          return dragged !== null && dragged.key !== key && (type === "stage" || dragged.type === "task");
        },
        getData: ({ input, element, source }) => {
          const hasEdges = pieceIn(source.data)?.type === type;
          const data = { type, key };
          return hasEdges
            ? attachClosestEdge(data, { input, element, allowedEdges: ["top", "bottom"] })
            : data;
        },
        onDrag: ({ self, location }) => {
          const isInnermost = location.current.dropTargets[0]?.element === self.element;
          const edge = isInnermost ? edgeIn(self.data) : null;
          const isOver = isInnermost && edge === null;
          setDrag((now) => (now.edge === edge && now.isOver === isOver ? now : { ...STILL, edge, isOver }));
        },
        onDragLeave: () => setDrag(STILL),
        onDrop: () => setDrag(STILL),
      }),
    );
  }, [type, key]);
  return { element, handle, drag };
}
