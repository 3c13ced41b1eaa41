import { useMutation, useMutationState } from "@tanstack/react-query";
import { bodyOf, cache, type Incident, incidentApi, keys, runCommandIn, type Task } from "@/api";
import { expectTrigger, placeStore } from "@/host";
import { toast } from "@/ui";
import { useSayFailure } from "./failure";
import { plain } from "./progress";
import { useIncidentPanelText } from "./text";

/** Run a command of the product in the incident's channel: its dialogs and answers are those of the command. */
export function useIncidentCommand(incident: Incident) {
  const onError = useSayFailure();
  return useMutation({
    mutationFn: (command: string) => runCommandIn(incident.channel_id, incident.team_id, command),
    onError,
  });
}

export function useChangeCommander(incident: Incident) {
  const onError = useSayFailure();
  return useMutation({
    mutationFn: async (id: string) => {
      await incidentApi.POST("/incidents/{incident_id}/commander", {
        params: { path: { incident_id: incident.id } },
        body: { commander_id: id },
        parseAs: "text",
      });
      change(incident.id, (now) => ({ ...now, commander_user_id: id }));
    },
    onError,
  });
}

export function useDismissReminder(incident: Incident) {
  const onError = useSayFailure();
  return useMutation({
    mutationFn: async () => {
      await incidentApi.POST("/incidents/{incident_id}/reminder/button-dismiss", {
        params: { path: { incident_id: incident.id } },
        body: { channel_id: incident.channel_id, user_id: placeStore.getState().me?.id },
        parseAs: "text",
      });
      change(incident.id, (now) => ({ ...now, reminder_post_id: "" }));
    },
    onError,
  });
}

interface Tick {
  task: Task;
  isDone: boolean;
}

/**
 * Tick a task, or take the tick away. What is asked for is shown at once, over whatever events bring meanwhile,
 * and no longer if it is refused.
 */
export function useTick(incident: Incident) {
  const sayFailure = useSayFailure();
  const mutationKey = ["tick", incident.id];
  const pending = useMutationState({
    filters: { mutationKey, status: "pending" },
    select: (mutation) => mutation.state.variables as Tick | undefined,
  });
  const { mutate: tick } = useMutation({
    mutationKey,
    mutationFn: async ({ task, isDone }: Tick) => {
      const state = isDone ? "closed" : "";
      await incidentApi.PUT(
        "/incidents/{incident_id}/checklists/{stage_position}/item/{task_position}/state",
        { params: placeOf(incident.id, task.id), body: { new_state: state } },
      );
      changeTask(incident.id, task.id, (now) => ({ ...now, state }));
    },
    onError: (error) => sayFailure(error),
  });
  const asked = new Map(pending.flatMap((one) => (one ? [[one.task.id, one.isDone]] : [])));
  return { tick, isTicked: (task: Task) => asked.get(task.id) ?? task.state === "closed" };
}

export function useAssign(incident: Incident) {
  const onError = useSayFailure();
  return useMutation({
    mutationFn: async ({ task, userId }: { task: Task; userId: string }) => {
      await incidentApi.PUT(
        "/incidents/{incident_id}/checklists/{stage_position}/item/{task_position}/assignee",
        { params: placeOf(incident.id, task.id), body: { assignee_id: userId } },
      );
      changeTask(incident.id, task.id, (now) => ({ ...now, assignee_id: userId }));
    },
    onError,
  });
}

export function useRun(incident: Incident) {
  return useMutation({
    mutationFn: async (task: Task) => {
      const answer = await bodyOf(
        incidentApi.POST("/incidents/{incident_id}/checklists/{stage_position}/item/{task_position}/run", {
          params: placeOf(incident.id, task.id),
        }),
      );
      expectTrigger(answer.trigger_id);
    },
    // How it went is told by its receipt, failures too.
    onSettled: () => cache.invalidateQueries({ queryKey: keys.receipts(incident.id) }),
  });
}

export interface TaskWords {
  title: string;
  command: string;
}

export function useEditTask(incident: Incident) {
  const onError = useSayFailure();
  return useMutation({
    mutationFn: async ({ task, words }: { task: Task; words: TaskWords }) => {
      await incidentApi.PUT("/incidents/{incident_id}/checklists/{stage_position}/item/{task_position}", {
        params: placeOf(incident.id, task.id),
        body: words,
        parseAs: "text",
      });
      changeTask(incident.id, task.id, (now) => ({ ...now, ...words }));
    },
    onError,
  });
}

export function useAddTask(incident: Incident) {
  const onError = useSayFailure();
  return useMutation({
    mutationFn: ({ stage, words }: { stage: number; words: TaskWords & { description: string } }) =>
      addTask(incident.id, stage, words),
    onError,
  });
}

export function useMoveTask(incident: Incident) {
  const onError = useSayFailure();
  return useMutation({
    mutationFn: ({ task, to }: { task: Task; to: number }) => {
      const { path } = placeOf(incident.id, task.id);
      const [stage, from] = [Number(path.stage_position), Number(path.task_position)];
      change(incident.id, (now) => withMoved(now, stage, from, to));
      return moveTask(incident.id, stage, { from, to, itemId: task.id });
    },
    onError: (error) => {
      void cache.invalidateQueries({ queryKey: keys.incident(incident.id), exact: true });
      onError(error);
    },
  });
}

/** Delete a task, and offer to put it back where it was. */
export function useDeleteTask(incident: Incident) {
  const text = useIncidentPanelText();
  const onError = useSayFailure();
  return useMutation({
    mutationFn: async (task: Task) => {
      const params = placeOf(incident.id, task.id);
      await incidentApi.DELETE("/incidents/{incident_id}/checklists/{stage_position}/item/{task_position}", {
        params,
        parseAs: "text",
      });
      const [stage, position] = [Number(params.path.stage_position), Number(params.path.task_position)];
      return async () => {
        const { title, description, command, state, assignee_id } = task;
        await addTask(incident.id, stage, { title, description, command, state, assignee_id });
        const now = await bodyOf(
          incidentApi.GET("/incidents/{incident_id}", { params: { path: { incident_id: incident.id } } }),
        );
        const last = (now.checklists[stage]?.items.length ?? 0) - 1;
        const itemId = now.checklists[stage]?.items[last]?.id ?? "";
        if (last > position) await moveTask(incident.id, stage, { from: last, to: position, itemId });
      };
    },
    // The row may be gone by now: what it was asked to do afterwards would not be done.
    onSuccess: (putBack, task) =>
      toast({
        text: text("taskDeleted", { task: plain(task.title) }),
        onUndo: () => void putBack().catch(onError),
      }),
    onError,
  });
}

function addTask(id: string, stage: number, task: Partial<Task> & TaskWords) {
  return incidentApi.PUT("/incidents/{incident_id}/checklists/{stage_position}/add", {
    params: { path: { incident_id: id, stage_position: String(stage) } },
    body: task,
    parseAs: "text",
  });
}

function moveTask(
  id: string,
  stage: number,
  { from, to, itemId }: { from: number; to: number; itemId: string },
) {
  return incidentApi.PUT("/incidents/{incident_id}/checklists/{stage_position}/reorder", {
    params: { path: { incident_id: id, stage_position: String(stage) }, query: { item_id: itemId } },
    body: { item_num: from, new_location: to },
    parseAs: "text",
  });
}

/** Where a task stands right now, by which the API addresses it, and which is meant should it have moved since. */
function placeOf(id: string, taskId: string) {
  const incident = cache.getQueryData<Incident>(keys.incident(id));
  for (const [stage, { items }] of incident?.checklists.entries() ?? []) {
    const task = items.findIndex((one) => one.id === taskId);
    if (task < 0) continue;
    const path = { incident_id: id, stage_position: String(stage), task_position: String(task) };
    return { path, query: { item_id: taskId } };
  }
  throw new Error("This task was deleted");
}

function change(id: string, how: (incident: Incident) => Incident): void {
  cache.setQueryData<Incident>(keys.incident(id), (incident) => incident && how(incident));
}

function changeTask(id: string, taskId: string, how: (task: Task) => Task): void {
  change(id, (incident) => ({
    ...incident,
    checklists: incident.checklists.map((stage) => ({
      ...stage,
      items: stage.items.map((task) => (task.id === taskId ? how(task) : task)),
    })),
  }));
}

/** An incident with a task of a stage moved: taken out, then put in at the new place. */
export function withMoved(incident: Incident, stage: number, from: number, to: number): Incident {
  return {
    ...incident,
    checklists: incident.checklists.map((one, position) => {
      const task = one.items[from];
      if (position !== stage || !task) return one;
      return { ...one, items: one.items.toSpliced(from, 1).toSpliced(to, 0, task) };
    }),
  };
}
