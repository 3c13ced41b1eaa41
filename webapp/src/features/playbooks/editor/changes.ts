import { type Draft, type DraftStage, type DraftTask, newStage, newTask } from "./draft";

/** The plain fields of a draft. */
export type Fields = Omit<Draft, "stages">;

export type Change =
  | { kind: "loaded"; draft: Draft }
  | { kind: "set"; fields: Partial<Fields> }
  | { kind: "stage added"; title: string }
  | { kind: "stage renamed"; stage: string; title: string }
  | { kind: "stage removed"; stage: string }
  | { kind: "stage put back"; stage: DraftStage; at: number }
  | { kind: "stage moved"; stage: string; to: number }
  | { kind: "task added"; stage: string; task?: DraftTask }
  | {
      kind: "task changed";
      task: string;
      fields: Partial<Pick<DraftTask, "title" | "command" | "description">>;
    }
  | { kind: "task removed"; task: string }
  | { kind: "task put back"; task: DraftTask; stage: string; at: number }
  | { kind: "task moved"; task: string; toStage: string; to: number };

/** The draft after a change. What a change names and is not there (any more) changes nothing. */
export function changed(draft: Draft, change: Change): Draft {
  switch (change.kind) {
    case "loaded":
      return change.draft;
    case "set":
      return { ...draft, ...change.fields };
    case "stage added":
      return { ...draft, stages: [...draft.stages, newStage(change.title)] };
    case "stage renamed":
      return withStage(draft, change.stage, (stage) => ({ ...stage, title: change.title }));
    case "stage removed":
      return { ...draft, stages: draft.stages.filter(({ key }) => key !== change.stage) };
    case "stage put back":
      return { ...draft, stages: inserted(draft.stages, change.stage, change.at) };
    case "stage moved": {
      const stage = draft.stages.find(({ key }) => key === change.stage);
      return stage ? { ...draft, stages: moved(draft.stages, stage, change.to) } : draft;
    }
    case "task added":
      return withStage(draft, change.stage, (stage) => ({
        ...stage,
        tasks: [...stage.tasks, change.task ?? newTask()],
      }));
    case "task changed":
      return withTasks(draft, (tasks) =>
        tasks.map((task) => (task.key === change.task ? { ...task, ...change.fields } : task)),
      );
    case "task removed":
      return withTasks(draft, (tasks) => tasks.filter(({ key }) => key !== change.task));
    case "task put back":
      return putBack(draft, change.task, change.stage, change.at);
    case "task moved":
      return taskMoved(draft, change.task, change.toStage, change.to);
  }
}

/** Where a task is: its stage, and its place in it. */
export function placeOf(draft: Draft, task: string): { stage: DraftStage; at: number } | null {
  for (const stage of draft.stages) {
    const at = stage.tasks.findIndex(({ key }) => key === task);
    if (at >= 0) return { stage, at };
  }
  return null;
}

/** A removed task returns to its stage; if that is gone, to the last one. */
function putBack(draft: Draft, task: DraftTask, stageKey: string, at: number): Draft {
  const stage = draft.stages.find(({ key }) => key === stageKey) ?? draft.stages.at(-1);
  if (stage === undefined) return { ...draft, stages: [newStage("Default Stage", [task])] };
  return withStage(draft, stage.key, (one) => ({ ...one, tasks: inserted(one.tasks, task, at) }));
}

/** `to` is the place after the task has been taken out. */
function taskMoved(draft: Draft, key: string, toStage: string, to: number): Draft {
  const from = placeOf(draft, key);
  const task = from?.stage.tasks[from.at];
  if (!task || !draft.stages.some((stage) => stage.key === toStage)) return draft;
  const without = withTasks(draft, (tasks) => tasks.filter((one) => one !== task));
  return withStage(without, toStage, (stage) => ({ ...stage, tasks: inserted(stage.tasks, task, to) }));
}

function withStage(draft: Draft, key: string, change: (stage: DraftStage) => DraftStage): Draft {
  return { ...draft, stages: draft.stages.map((stage) => (stage.key === key ? change(stage) : stage)) };
}

function withTasks(draft: Draft, change: (tasks: readonly DraftTask[]) => readonly DraftTask[]): Draft {
  return { ...draft, stages: draft.stages.map((stage) => ({ ...stage, tasks: change(stage.tasks) })) };
}

function inserted<Item>(items: readonly Item[], item: Item, at: number): Item[] {
  return items.toSpliced(Math.max(0, at), 0, item);
}

function moved<Item>(items: readonly Item[], item: Item, to: number): Item[] {
  return inserted(
    items.filter((one) => one !== item),
    item,
    to,
  );
}
