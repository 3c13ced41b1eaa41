const SLIP_PX = 6;

/**
 * Lets a finger drag a draggable element as soon as it moves its handle. Without it a finger has to rest first, and
 * not every browser of phones lets it drag even then. The events of dragging are made from those of the finger, so
 * that whatever listens to dragging by mouse takes part. Gives what ends it.
 */
export function draggedByTouch(element: HTMLElement, handle: HTMLElement): () => void {
  const touched = (event: PointerEvent) => {
    if (event.pointerType === "touch" && event.isPrimary) follow(element, event);
  };
  handle.style.touchAction = "none";
  handle.addEventListener("pointerdown", touched);
  return () => handle.removeEventListener("pointerdown", touched);
}

function follow(element: HTMLElement, down: PointerEvent): void {
  const over = new AbortController();
  let target: Element | null = null;
  let transfer: DataTransfer | null = null;

  const tell = (kind: string, to: EventTarget, { clientX, clientY }: PointerEvent) =>
    to.dispatchEvent(
      new DragEvent(kind, {
        bubbles: true,
        cancelable: true,
        composed: true,
        clientX,
        clientY,
        dataTransfer: transfer,
      }),
    );
  const begin = () => {
    transfer = new DataTransfer();
    if (!tell("dragstart", element, down)) over.abort();
  };
  const move = (event: PointerEvent) => {
    const under = document.elementFromPoint(event.clientX, event.clientY);
    if (under && under !== target) tell("dragenter", under, event);
    if (target && under !== target) tell("dragleave", target, event);
    target = under;
    if (target) tell("dragover", target, event);
  };
  const end = (event: PointerEvent) => {
    over.abort();
    if (!transfer) return;
    if (target && event.type === "pointerup") tell("drop", target, event);
    tell("dragend", element, event);
  };

  /** Before all others: a pointer that moves means to who drags that the dragging is over. */
  const listen = (
    kind: "pointermove" | "pointerup" | "pointercancel",
    heard: (event: PointerEvent) => void,
  ) =>
    window.addEventListener(
      kind,
      (event) => {
        if (event.pointerId !== down.pointerId) return;
        if (transfer) event.stopImmediatePropagation();
        heard(event);
      },
      { capture: true, signal: over.signal },
    );
  listen("pointermove", (event) => {
    const slip = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY);
    if (!transfer && slip > SLIP_PX) begin();
    if (transfer && !over.signal.aborted) move(event);
  });
  listen("pointerup", end);
  listen("pointercancel", end);
}
