import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { type RefObject, useEffect, useRef, useState } from "react";
import { draggedByTouch } from "@/ui";

type Edge = "before" | "after";

interface Dragging {
  row: RefObject<HTMLElement | null>;
  handle: RefObject<HTMLElement | null>;
  id: string;
  at: number;
  /** A task of the same list was let go here: it goes to that place. */
  onMove: (id: string, to: number) => void;
}

/** Lets a row be dragged by its handle, and other rows of its list be dropped before and after it. */
export function useDragging({ row, handle, id, at, onMove }: Dragging) {
  const [isDragged, setIsDragged] = useState(false);
  const [edge, setEdge] = useState<Edge | null>(null);
  const drop = useRef(onMove);
  drop.current = onMove;
  useEffect(() => {
    const element = row.current;
    if (!element || !handle.current) return;
    const list = element.parentElement;
    return combine(
      draggedByTouch(element, handle.current),
      draggable({
        element,
        dragHandle: handle.current,
        getInitialData: () => ({ id, at, list }),
        onDragStart: () => setIsDragged(true),
        onDrop: () => setIsDragged(false),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.list === list && source.data.id !== id,
        onDrag: ({ location }) => setEdge(edgeAt(element, location.current.input.clientY)),
        onDragLeave: () => setEdge(null),
        onDrop: ({ source, location }) => {
          setEdge(null);
          const edge = edgeAt(element, location.current.input.clientY);
          drop.current(String(source.data.id), placeAfterDrop(Number(source.data.at), at, edge));
        },
      }),
    );
  }, [row, handle, id, at]);
  return { isDragged, edge };
}

function edgeAt(element: HTMLElement, y: number): Edge {
  const { top, height } = element.getBoundingClientRect();
  return y < top + height / 2 ? "before" : "after";
}

/** Where what stood at `from` stands in the end, if it is dropped at an edge of what stands at `at`. */
export function placeAfterDrop(from: number, at: number, edge: Edge): number {
  const gap = edge === "before" ? at : at + 1;
  return from < gap ? gap - 1 : gap;
}
