import { GripVertical } from "lucide-react";
import { forwardRef } from "react";
import { usePlaybooksText } from "../text";
import styles from "./DragHandle.module.css";
import type { Piece } from "./drag";
import { useEditor } from "./EditorContext";

export interface DragHandleProps {
  piece: Piece;
  label: string;
  isLifted: boolean;
}

/** Where a piece is taken hold of: with a pointer, or by Space, moved by arrows, and put down by Space or Escape. */
export const DragHandle = forwardRef<HTMLButtonElement, DragHandleProps>(function DragHandle(
  { piece, label, isLifted },
  ref,
) {
  const text = usePlaybooksText();
  const { step, lift, putDown } = useEditor();
  return (
    <button
      ref={ref}
      type="button"
      className={styles.handle}
      aria-label={label}
      aria-pressed={isLifted}
      title={text("dragHint")}
      data-handle={piece.key}
      onKeyDown={(event) => {
        if (event.key === " " || event.key === "Enter") isLifted ? putDown("here") : lift(piece);
        else if (isLifted && event.key === "ArrowUp") step(piece, -1);
        else if (isLifted && event.key === "ArrowDown") step(piece, 1);
        else if (isLifted && event.key === "Escape") putDown("back");
        else {
          if (isLifted && event.key === "Tab") putDown("here");
          return;
        }
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <GripVertical size={16} aria-hidden="true" />
    </button>
  );
});
