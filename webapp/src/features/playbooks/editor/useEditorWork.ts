import { type Dispatch, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { announcePolitely } from "@/ui";
import { usePlaybooksText } from "../text";
import { type Change, placeOf } from "./changes";
import type { Draft } from "./draft";
import { changeOfStep, type Piece } from "./drag";
import type { EditorWork } from "./EditorContext";

interface Lifted {
  piece: Piece;
  /** The draft to go back to. */
  before: Draft;
}

/** What the parts of the editor work with, and which piece is lifted by keyboard. */
export function useEditorWork(draft: Draft, dispatch: Dispatch<Change>): [EditorWork, Piece | null] {
  const text = usePlaybooksText();
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const latest = useRef({ draft, lifted });
  const focused = useRef<string | null>(null);
  useEffect(() => {
    latest.current = { draft, lifted };
    // A piece that moved was drawn anew elsewhere, and has lost the focus.
    if (focused.current === null) return;
    document.querySelector<HTMLElement>(`[data-handle="${CSS.escape(focused.current)}"]`)?.focus();
    focused.current = null;
  });

  const step = useCallback<EditorWork["step"]>(
    (piece, by) => {
      const change = changeOfStep(latest.current.draft, piece, by);
      if (change === null) return;
      focused.current = piece.key;
      dispatch(change);
      announcePolitely(placeText(text, change, latest.current.draft));
    },
    [dispatch, text],
  );
  const lift = useCallback<EditorWork["lift"]>(
    (piece) => {
      setLifted({ piece, before: latest.current.draft });
      announcePolitely(text("lifted"));
    },
    [text],
  );
  const putDown = useCallback<EditorWork["putDown"]>(
    (how) => {
      const held = latest.current.lifted;
      if (held === null) return;
      if (how === "back") {
        focused.current = held.piece.key;
        dispatch({ kind: "loaded", draft: held.before });
      }
      setLifted(null);
      announcePolitely(text(how === "back" ? "putBack" : "putDown"));
    },
    [dispatch, text],
  );

  const work = useMemo<EditorWork>(
    () => ({ dispatch, draft: () => latest.current.draft, step, lift, putDown }),
    [dispatch, step, lift, putDown],
  );
  return [work, lifted?.piece ?? null];
}

/** Where a piece has come to, in words. */
function placeText(text: ReturnType<typeof usePlaybooksText>, change: Change, before: Draft): string {
  if (change.kind === "stage moved") {
    return text("stageIsAt", { at: change.to + 1, count: before.stages.length });
  }
  if (change.kind !== "task moved") return "";
  const stage = before.stages.find(({ key }) => key === change.toStage);
  const isFromThere = placeOf(before, change.task)?.stage === stage;
  const count = (stage?.tasks.length ?? 0) + (isFromThere ? 0 : 1);
  return text("taskIsAt", { at: change.to + 1, count, stage: stage?.title });
}
