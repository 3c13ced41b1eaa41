import { Plus } from "lucide-react";
import { useState } from "react";
import type { Incident } from "@/api";
import { Button } from "@/ui";
import { useAddTask, useMoveTask, useTick } from "../deeds";
import details from "../details/Details.module.css";
import { StageBar } from "../details/StageBar";
import { doneIn } from "../progress";
import type { Receipt } from "../receipts";
import { useIncidentPanelText } from "../text";
import { TaskForm } from "./TaskForm";
import { TaskRow } from "./TaskRow";
import styles from "./Tasks.module.css";

interface TasksProps {
  incident: Incident;
  mayAct: boolean;
  receipts: ReadonlyMap<string, Receipt>;
}

/** The tasks of the active stage, or of another one that is looked at. */
export function Tasks({ incident, mayAct, receipts }: TasksProps) {
  const text = useIncidentPanelText();
  const { active_stage: active, checklists: stages } = incident;
  // What was chosen holds for as long as the incident stays in its stage.
  const [looked, setLooked] = useState({ at: active, from: active });
  const shown = looked.from === active ? looked.at : active;
  const stage = stages[shown];
  const isElsewhere = shown !== active;
  return (
    <div className={details.tab}>
      {stages.length > 1 && (
        <StageBar
          incident={incident}
          looked={{ stage: shown, onLook: (at) => setLooked({ at, from: active }) }}
        />
      )}
      <section className={styles.block}>
        <header className={styles.head}>
          <h2 className={details.label}>
            {isElsewhere && stage ? text("tasksOf", { stage: stage.title }) : text("tasks")}
          </h2>
          {stage && stage.items.length > 0 && (
            <span className={styles.progress}>
              {text("progress", { done: doneIn(stage), all: stage.items.length })}
            </span>
          )}
        </header>
        {isElsewhere && (
          <Button size="s" variant="quiet" onPress={() => setLooked({ at: active, from: active })}>
            {text("backToStage", { stage: incident.active_stage_title })}
          </Button>
        )}
        {stage && <TaskList key={stage.id} {...{ incident, mayAct, receipts, position: shown }} />}
      </section>
    </div>
  );
}

function TaskList({ incident, mayAct, receipts, position }: TasksProps & { position: number }) {
  const text = useIncidentPanelText();
  const { tick, isTicked } = useTick(incident);
  const { mutate: move } = useMoveTask(incident);
  const add = useAddTask(incident);
  const [isAdding, setIsAdding] = useState(false);
  const tasks = incident.checklists[position]?.items ?? [];
  return (
    <>
      {tasks.length === 0 && <p className={styles.none}>{text("noTasks")}</p>}
      <ul className={styles.tasks}>
        {tasks.map((task, at) => (
          <TaskRow
            key={task.id}
            incident={incident}
            task={task}
            place={{ at, of: tasks.length }}
            isTicked={isTicked(task)}
            receipt={receipts.get(task.id)}
            mayAct={mayAct}
            onTick={(isDone) => tick({ task, isDone })}
            onMove={(id, to) => {
              const moved = tasks.find((one) => one.id === id);
              if (moved && tasks.indexOf(moved) !== to) move({ task: moved, to });
            }}
          />
        ))}
      </ul>
      {mayAct &&
        (isAdding ? (
          <TaskForm
            isNew
            isPending={add.isPending}
            onCancel={() => setIsAdding(false)}
            onSave={(words) =>
              add.mutate({ stage: position, words }, { onSuccess: () => setIsAdding(false) })
            }
          />
        ) : (
          <Button variant="quiet" size="s" icon={<Plus size={16} />} onPress={() => setIsAdding(true)}>
            {text("addTask")}
          </Button>
        ))}
    </>
  );
}
