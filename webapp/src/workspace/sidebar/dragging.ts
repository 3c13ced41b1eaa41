import type { ChannelCategory } from "@mattermost/types/channel_categories";
import { use, useEffect, useRef, useState } from "react";
import { create } from "zustand";
import { messageOf, moveCategory, moveChannel, placeChannel } from "@/api";
import { useTeam } from "@/host";
import { toast } from "@/ui";
import { ShownOrder } from "./order";

/** What is dragged: a channel, or a whole category. */
type Dragged = { channelId: string } | { categoryId: string };

function isDragged(what: Record<string | symbol, unknown>): what is Dragged & Record<string, unknown> {
  return typeof what.channelId === "string" || typeof what.categoryId === "string";
}

type Library = typeof import("./dragLibrary");

const libraryStore = create<{ library: Library | null }>(() => ({ library: null }));

/** Fetch what dragging needs: when a pointer moves in the sidebar, long before it drags. */
export function warmDragging(): void {
  if (!libraryStore.getState().library)
    void import("./dragLibrary").then((library) => libraryStore.setState({ library }));
}

function told(error: unknown): void {
  toast({ text: messageOf(error) ?? String(error), tone: "danger" });
}

/** A section takes channels that are dropped on it, and can be dragged before another. */
export function useCategoryDrag(category: ChannelCategory | null) {
  const ref = useRef<HTMLElement>(null);
  const team = useTeam();
  const [isOver, setIsOver] = useState(false);
  const library = libraryStore((state) => state.library);
  const id = category?.id;
  useEffect(() => {
    const element = ref.current;
    if (!library || !element || id === undefined) return;
    const { combine, draggable, dropTargetForElements } = library;
    return combine(
      draggable({
        element,
        dragHandle: element.querySelector("h2") ?? undefined,
        getInitialData: () => ({ categoryId: id }),
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => isDragged(source.data) && source.data.categoryId !== id,
        onDragEnter: () => setIsOver(true),
        onDragLeave: () => setIsOver(false),
        onDrop: ({ source, location }) => {
          setIsOver(false);
          if (location.current.dropTargets[0]?.element !== element || !isDragged(source.data)) return;
          const what = source.data;
          if ("channelId" in what)
            void moveChannel(team.id, String(what.channelId), { categoryId: id, beforeId: "" }).catch(told);
          else void moveCategory(team.id, String(what.categoryId), id).catch(told);
        },
      }),
    );
  }, [library, id, team.id]);
  return { ref, isOver };
}

/** A channel can be dragged, and takes its place before the one it is dropped on. */
export function useChannelDrag(channelId: string, categoryId: string) {
  const ref = useRef<HTMLLIElement>(null);
  const team = useTeam();
  const shown = use(ShownOrder);
  const [isOver, setIsOver] = useState(false);
  const library = libraryStore((state) => state.library);
  useEffect(() => {
    const element = ref.current;
    if (!library || !element || categoryId === "") return;
    const { combine, draggable, dropTargetForElements } = library;
    return combine(
      draggable({ element, getInitialData: () => ({ channelId }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) =>
          typeof source.data.channelId === "string" && source.data.channelId !== channelId,
        onDragEnter: () => setIsOver(true),
        onDragLeave: () => setIsOver(false),
        onDrop: ({ source }) => {
          setIsOver(false);
          const to = { categoryId, beforeId: channelId };
          void placeChannel(team.id, String(source.data.channelId), to, shown.current).catch(told);
        },
      }),
    );
  }, [library, channelId, categoryId, team.id, shown]);
  return { ref, isOver };
}
