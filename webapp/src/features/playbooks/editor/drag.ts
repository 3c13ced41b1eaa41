import { type Change, placeOf } from "./changes";
import type { Draft } from "./draft";

/** What is dragged, or stands under what is dragged. */
export interface Piece {
  type: "task" | "stage";
  key: string;
}

export type Edge = "top" | "bottom";

/** What a drop on a piece changes; null when everything stays where it is. */
export function changeOfDrop(draft: Draft, dragged: Piece, target: Piece, edge: Edge | null): Change | null {
  if (dragged.type === "stage") return stageDropped(draft, dragged.key, target.key, edge);
  if (target.type === "stage") {
    const stage = draft.stages.find(({ key }) => key === target.key);
    if (!stage || stage.tasks.at(-1)?.key === dragged.key) return null;
    const isFromThere = stage.tasks.some(({ key }) => key === dragged.key);
    const to = stage.tasks.length - (isFromThere ? 1 : 0);
    return { kind: "task moved", task: dragged.key, toStage: stage.key, to };
  }
  const from = placeOf(draft, dragged.key);
  const there = placeOf(draft, target.key);
  if (!from || !there) return null;
  const to = landing(there.at, edge, from.stage === there.stage ? from.at : null);
  if (from.stage === there.stage && to === from.at) return null;
  return { kind: "task moved", task: dragged.key, toStage: there.stage.key, to };
}

function stageDropped(draft: Draft, key: string, targetKey: string, edge: Edge | null): Change | null {
  const from = draft.stages.findIndex((stage) => stage.key === key);
  const there = draft.stages.findIndex((stage) => stage.key === targetKey);
  if (from < 0 || there < 0) return null;
  const to = landing(there, edge, from);
  return to === from ? null : { kind: "stage moved", stage: key, to };
}

/** The place beside what is at `at`, once what came from `from` of the same list has been taken out. */
function landing(at: number, edge: Edge | null, from: number | null): number {
  const to = edge === "bottom" ? at + 1 : at;
  return from !== null && from < to ? to - 1 : to;
}

/** What one step up (-1) or down (1) changes; null at the end of the way. Tasks step into the next stage. */
export function changeOfStep(draft: Draft, piece: Piece, step: -1 | 1): Change | null {
  if (piece.type === "stage") {
    const to = draft.stages.findIndex(({ key }) => key === piece.key) + step;
    return to < 0 || to >= draft.stages.length ? null : { kind: "stage moved", stage: piece.key, to };
  }
  const place = placeOf(draft, piece.key);
  if (!place) return null;
  const to = place.at + step;
  if (to >= 0 && to < place.stage.tasks.length) {
    return { kind: "task moved", task: piece.key, toStage: place.stage.key, to };
  }
  const next = draft.stages[draft.stages.indexOf(place.stage) + step];
  if (!next) return null;
  return { kind: "task moved", task: piece.key, toStage: next.key, to: step === 1 ? 0 : next.tasks.length };
}
