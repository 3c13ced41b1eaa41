import { createContext, type Dispatch, useContext } from "react";
import type { Change } from "./changes";
import type { Draft } from "./draft";
import type { Piece } from "./drag";

export interface EditorWork {
  dispatch: Dispatch<Change>;
  /** The draft of this moment, for who acts on it without drawing it. */
  draft: () => Draft;
  /** Move a piece one step, tell screen readers where it is now, and keep the focus on it. */
  step: (piece: Piece, step: -1 | 1) => void;
  lift: (piece: Piece) => void;
  /** Put down what is lifted by keyboard, here or where it was. */
  putDown: (how: "here" | "back") => void;
}

export const EditorContext = createContext<EditorWork | null>(null);

export function useEditor(): EditorWork {
  const work = useContext(EditorContext);
  if (work === null) throw new Error("No playbook is being edited");
  return work;
}
