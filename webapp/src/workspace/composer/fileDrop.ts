import { type RefObject, useEffect, useRef } from "react";

/** Files that are dropped anywhere on the talk around a box go into it. The talk bears `data-takes-files`. */
export function useFileDrop(box: RefObject<HTMLElement | null>, upload: (files: FileList) => void): void {
  const latest = useRef(upload);
  latest.current = upload;
  useEffect(() => {
    const talk = box.current?.closest<HTMLElement>("[data-takes-files]");
    if (!talk) return;
    const mark = (isOver: boolean) => talk.toggleAttribute("data-files-over", isOver);
    const onOver = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      mark(true);
    };
    const onLeave = (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node && talk.contains(event.relatedTarget))) mark(false);
    };
    const onDrop = (event: DragEvent) => {
      mark(false);
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      latest.current(event.dataTransfer.files);
    };
    talk.addEventListener("dragover", onOver);
    talk.addEventListener("dragleave", onLeave);
    talk.addEventListener("drop", onDrop);
    return () => {
      talk.removeEventListener("dragover", onOver);
      talk.removeEventListener("dragleave", onLeave);
      talk.removeEventListener("drop", onDrop);
    };
  }, [box]);
}
