import { ArrowDown, ArrowUp, CornerDownRight, MoreHorizontal, Plus, Trash2 } from "lucide-react";
import { memo, useRef, useState } from "react";
import { IconButton, Menu, MenuItem, MenuSeparator, toast } from "@/ui";
import { usePlaybooksText } from "../text";
import { CommandField } from "./CommandField";
import { placeOf } from "./changes";
import { DragHandle } from "./DragHandle";
import type { DraftTask } from "./draft";
import { changeOfStep } from "./drag";
import { useEditor } from "./EditorContext";
import { MarkdownField } from "./MarkdownField";
import styles from "./TaskCard.module.css";
import { useDraggable } from "./useDraggable";

export interface TaskCardProps {
  task: DraftTask;
  isLifted: boolean;
  /** It has just been added: its name wants to be typed. */
  isNew: boolean;
}

/** One task: its name, and what it may have beside it. */
export const TaskCard = memo(function TaskCard({ task, isLifted, isNew }: TaskCardProps) {
  const text = usePlaybooksText();
  const { dispatch } = useEditor();
  const { element, handle, drag } = useDraggable<HTMLLIElement>({ type: "task", key: task.key });
  const [opened, setOpened] = useState<"command" | "description" | null>(null);
  const before = useRef(task.title);
  const change = (fields: Partial<Pick<DraftTask, "title" | "command" | "description">>) =>
    dispatch({ kind: "task changed", task: task.key, fields });
  const name = task.title || text("unnamedTask");
  const hasCommand = task.command !== "" || opened === "command";
  const hasDescription = task.description !== "" || opened === "description";
  return (
    <li
      ref={element}
      className={styles.card}
      data-lifted={isLifted || undefined}
      data-dragged={drag.isDragged || undefined}
      data-edge={drag.edge ?? undefined}
    >
      <DragHandle
        ref={handle}
        piece={{ type: "task", key: task.key }}
        label={text("moveTask", { name })}
        isLifted={isLifted}
      />
      <div className={styles.fields}>
        <input
          className={styles.title}
          aria-label={text("taskName")}
          placeholder={text("taskName")}
          maxLength={1024}
          value={task.title}
          // biome-ignore lint/a11y/noAutofocus: it appears at the press that asked for it
          autoFocus={isNew}
          onFocus={() => {
            before.current = task.title;
          }}
          onChange={(event) => change({ title: event.target.value })}
          onBlur={() => {
            if (task.title.trim() === "" && before.current !== "") change({ title: before.current });
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
          }}
        />
        {hasCommand && (
          <CommandField
            value={task.command}
            onChange={(command) => change({ command })}
            onRemove={() => {
              change({ command: "" });
              setOpened(null);
            }}
            autoFocus={opened === "command"}
          />
        )}
        {hasDescription && (
          <div className={styles.description}>
            <MarkdownField
              label={text("description")}
              hidesLabel
              placeholder={text("description")}
              rows={3}
              value={task.description}
              onChange={(description) => change({ description })}
              autoFocus={opened === "description"}
              onBlur={() => setOpened(null)}
            />
          </div>
        )}
        {(!hasCommand || !hasDescription) && (
          <div className={styles.adders} data-below={hasCommand || undefined}>
            {!hasCommand && (
              <button
                type="button"
                className={styles.adder}
                onClick={() => {
                  setOpened("command");
                  change({ command: "/" });
                }}
              >
                <Plus size={14} aria-hidden="true" />
                {text("addCommand")}
              </button>
            )}
            {!hasDescription && (
              <button type="button" className={styles.adder} onClick={() => setOpened("description")}>
                <Plus size={14} aria-hidden="true" />
                {text("addDescription")}
              </button>
            )}
          </div>
        )}
      </div>
      <TaskMenu task={task} name={name} />
    </li>
  );
});

function TaskMenu({ task, name }: { task: DraftTask; name: string }) {
  const text = usePlaybooksText();
  const { dispatch, draft, step } = useEditor();
  const [isOpen, setOpen] = useState(false);
  const piece = { type: "task", key: task.key } as const;
  const remove = () => {
    const place = placeOf(draft(), task.key);
    if (!place) return;
    dispatch({ kind: "task removed", task: task.key });
    toast({
      text: text("taskRemoved", { name }),
      onUndo: () => dispatch({ kind: "task put back", task, stage: place.stage.key, at: place.at }),
    });
  };
  // What stands elsewhere in the draft is asked for when the menu opens: a card is drawn for its own task alone.
  const now = isOpen ? draft() : null;
  const here = now && placeOf(now, task.key)?.stage;
  return (
    <div className={styles.menu}>
      <Menu
        label={text("actionsOn", { title: name })}
        onOpenChange={setOpen}
        trigger={
          <IconButton
            size="s"
            label={text("actionsOn", { title: name })}
            icon={<MoreHorizontal size={16} />}
          />
        }
      >
        <MenuItem
          icon={<ArrowUp size={16} />}
          isDisabled={!now || changeOfStep(now, piece, -1) === null}
          onAction={() => step(piece, -1)}
        >
          {text("moveUp")}
        </MenuItem>
        <MenuItem
          icon={<ArrowDown size={16} />}
          isDisabled={!now || changeOfStep(now, piece, 1) === null}
          onAction={() => step(piece, 1)}
        >
          {text("moveDown")}
        </MenuItem>
        {(now?.stages ?? [])
          .filter((stage) => stage !== here)
          .map((stage) => (
            <MenuItem
              key={stage.key}
              icon={<CornerDownRight size={16} />}
              onAction={() =>
                dispatch({ kind: "task moved", task: task.key, toStage: stage.key, to: stage.tasks.length })
              }
            >
              {text("moveTo", { stage: stage.title })}
            </MenuItem>
          ))}
        <MenuSeparator />
        <MenuItem icon={<Trash2 size={16} />} isDanger onAction={remove}>
          {text("removeTask")}
        </MenuItem>
      </Menu>
      <span className={styles.trash}>
        <IconButton
          size="s"
          label={text("removeTaskNamed", { name })}
          icon={<Trash2 size={15} />}
          onPress={remove}
        />
      </span>
    </div>
  );
}
