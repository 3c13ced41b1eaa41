import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, MoreHorizontal, Plus, Trash2 } from "lucide-react";
import { useId, useState } from "react";
import { Button, ConfirmDialog, IconButton, Menu, MenuItem, MenuSeparator, toast } from "@/ui";
import { usePlaybooksText } from "../text";
import { DragHandle } from "./DragHandle";
import { type DraftStage, newTask } from "./draft";
import type { Piece } from "./drag";
import { EditableText } from "./EditableText";
import { useEditor } from "./EditorContext";
import styles from "./StageSection.module.css";
import { TaskCard } from "./TaskCard";
import { useDraggable } from "./useDraggable";

export interface StageSectionProps {
  stage: DraftStage;
  isFirst: boolean;
  isLast: boolean;
  lifted: Piece | null;
}

/** A stage with its tasks. */
export function StageSection({ stage, isFirst, isLast, lifted }: StageSectionProps) {
  const text = usePlaybooksText();
  const { dispatch } = useEditor();
  const { element, handle, drag } = useDraggable<HTMLLIElement>({ type: "stage", key: stage.key });
  const [isClosed, setClosed] = useState(false);
  const [added, setAdded] = useState<string | null>(null);
  const tasks = useId();
  const addTask = () => {
    const task = newTask();
    dispatch({ kind: "task added", stage: stage.key, task });
    setAdded(task.key);
  };
  return (
    <li
      ref={element}
      className={styles.stage}
      data-dragged={drag.isDragged || undefined}
      data-lifted={lifted?.key === stage.key || undefined}
      data-edge={drag.edge ?? undefined}
      data-over={drag.isOver || undefined}
    >
      <header className={styles.head}>
        <DragHandle
          ref={handle}
          piece={{ type: "stage", key: stage.key }}
          label={text("moveStage", { name: stage.title })}
          isLifted={lifted?.key === stage.key}
        />
        <button
          type="button"
          className={styles.toggle}
          aria-expanded={!isClosed}
          aria-controls={tasks}
          aria-label={text("tasksOf", { name: stage.title })}
          onClick={() => setClosed(!isClosed)}
        >
          {isClosed ? <ChevronRight size={18} /> : <ChevronDown size={18} />}
        </button>
        <h3 className={styles.title}>
          <EditableText
            label={text("stageName")}
            value={stage.title}
            placeholder={text("stageName")}
            onChange={(title) => dispatch({ kind: "stage renamed", stage: stage.key, title })}
            isRequired
            look="stage"
          />
        </h3>
        <span className={styles.count}>{text("taskCount", { count: stage.tasks.length })}</span>
        <StageMenu stage={stage} isFirst={isFirst} isLast={isLast} />
      </header>
      <div id={tasks} hidden={isClosed}>
        {stage.tasks.length === 0 ? (
          <button type="button" className={styles.empty} onClick={addTask}>
            {text("emptyStage")}
          </button>
        ) : (
          <ol className={styles.tasks}>
            {stage.tasks.map((task) => (
              <TaskCard
                key={task.key}
                task={task}
                isLifted={lifted?.key === task.key}
                isNew={task.key === added}
              />
            ))}
          </ol>
        )}
        <Button variant="quiet" size="s" icon={<Plus size={15} />} onPress={addTask}>
          {text("newTask")}
        </Button>
      </div>
    </li>
  );
}

function StageMenu({ stage, isFirst, isLast }: { stage: DraftStage; isFirst: boolean; isLast: boolean }) {
  const text = usePlaybooksText();
  const { dispatch, draft, step } = useEditor();
  const [isAsking, setAsking] = useState(false);
  const piece = { type: "stage", key: stage.key } as const;
  const remove = () => {
    const at = draft().stages.findIndex(({ key }) => key === stage.key);
    dispatch({ kind: "stage removed", stage: stage.key });
    toast({
      text: text("stageRemoved", { name: stage.title }),
      onUndo: () => dispatch({ kind: "stage put back", stage, at }),
    });
  };
  const ask = () => {
    if (stage.tasks.some(({ title, command }) => title !== "" || command !== "")) setAsking(true);
    else remove();
  };
  const label = text("actionsOn", { title: stage.title });
  return (
    <>
      <Menu label={label} trigger={<IconButton size="s" label={label} icon={<MoreHorizontal size={16} />} />}>
        <MenuItem icon={<ArrowUp size={16} />} isDisabled={isFirst} onAction={() => step(piece, -1)}>
          {text("moveUp")}
        </MenuItem>
        <MenuItem icon={<ArrowDown size={16} />} isDisabled={isLast} onAction={() => step(piece, 1)}>
          {text("moveDown")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 size={16} />} isDanger onAction={ask}>
          {text("removeStage")}
        </MenuItem>
      </Menu>
      <ConfirmDialog
        title={text("removeStage")}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        confirm={text("removeStage")}
        isDanger
        onConfirm={() => {
          setAsking(false);
          remove();
        }}
      >
        {text("removeStageQuestion")}
      </ConfirmDialog>
    </>
  );
}
