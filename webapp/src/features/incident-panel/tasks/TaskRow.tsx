import { Ellipsis, GripVertical, Info, X } from "lucide-react";
import { useRef, useState } from "react";
import type { Incident, Task } from "@/api";
import { closePanel, Link, paths, useIsNarrow, useTeam } from "@/host";
import {
  announcePolitely,
  Checkbox,
  DialogTrigger,
  IconButton,
  Markdown,
  Menu,
  MenuItem,
  PopoverPanel,
  useTimeText,
  useUiText,
} from "@/ui";
import { useAssign, useDeleteTask, useEditTask } from "../deeds";
import { PersonPicker } from "../details/PersonPicker";
import { PLAUSIBLE, plain } from "../progress";
import type { Receipt } from "../receipts";
import { useIncidentPanelText } from "../text";
import { CommandRow } from "./CommandRow";
import { useDragging } from "./dragging";
import { TaskForm } from "./TaskForm";
import styles from "./Tasks.module.css";

interface TaskRowProps {
  incident: Incident;
  task: Task;
  place: { at: number; of: number };
  isTicked: boolean;
  receipt: Receipt | undefined;
  mayAct: boolean;
  onTick: (isDone: boolean) => void;
  /** Move the task with that id to a place of this stage. */
  onMove: (id: string, to: number) => void;
}

export function TaskRow(props: TaskRowProps) {
  const { incident, task, mayAct, place, onMove } = props;
  const [isEditing, setIsEditing] = useState(false);
  const edit = useEditTask(incident);
  const row = useRef<HTMLLIElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const { isDragged, edge } = useDragging({ row, handle, id: task.id, at: place.at, onMove });
  if (isEditing) {
    return (
      <li>
        <TaskForm
          task={task}
          isPending={edit.isPending}
          onCancel={() => setIsEditing(false)}
          onSave={({ title, command }) =>
            edit.mutate({ task, words: { title, command } }, { onSuccess: () => setIsEditing(false) })
          }
        />
      </li>
    );
  }
  return (
    <li ref={row} className={styles.row} data-dragged={isDragged || undefined} data-edge={edge ?? undefined}>
      {mayAct && <MoveHandle {...props} ref={handle} />}
      <TaskBody {...props} />
      {mayAct && <TaskMenu {...props} onEdit={() => setIsEditing(true)} />}
    </li>
  );
}

/** Dragged by mouse and finger; arrow keys move as well. */
function MoveHandle({
  task,
  place,
  onMove,
  ref,
}: TaskRowProps & { ref: React.RefObject<HTMLButtonElement | null> }) {
  const text = useIncidentPanelText();
  const move = (to: number) => {
    if (to < 0 || to >= place.of) return;
    onMove(task.id, to);
    announcePolitely(text("movedTo", { task: plain(task.title), place: to + 1, all: place.of }));
    // The row stands elsewhere then, which costs it the focus.
    setTimeout(() => ref.current?.focus());
  };
  return (
    <button
      ref={ref}
      type="button"
      className={styles.handle}
      aria-label={text("moveTask", { task: plain(task.title) })}
      onKeyDown={(event) => {
        if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
        event.preventDefault();
        move(place.at + (event.key === "ArrowUp" ? -1 : 1));
      }}
    >
      <GripVertical size={16} aria-hidden="true" />
    </button>
  );
}

function TaskBody({ incident, task, isTicked, receipt, mayAct, onTick }: TaskRowProps) {
  const text = useIncidentPanelText();
  const assign = useAssign(incident);
  return (
    <div className={styles.body}>
      <div className={styles.line}>
        <span className={styles.tick}>
          <Checkbox checked={isTicked} onChange={onTick} isDisabled={!mayAct} label={plain(task.title)} />
        </span>
        <div className={styles.title} data-done={isTicked || undefined} title={task.title}>
          <Markdown inline>{task.title}</Markdown>
        </div>
        {task.description !== "" && <Description task={task} />}
      </div>
      <div className={styles.more}>
        {task.command !== "" && (
          <CommandRow incident={incident} task={task} receipt={receipt} mayAct={mayAct} />
        )}
        <div className={styles.who}>
          <PersonPicker
            label={text("assigneeOf", { task: plain(task.title) })}
            incident={incident}
            selected={assign.isPending ? assign.variables.userId : task.assignee_id}
            isReadOnly={!mayAct}
            onPick={(userId) => assign.mutate({ task, userId })}
            onReset={() => assign.mutate({ task, userId: "" })}
            size={20}
          />
          <DoneAt task={task} isTicked={isTicked} />
        </div>
      </div>
    </div>
  );
}

function Description({ task }: { task: Task }) {
  const text = useIncidentPanelText();
  const ui = useUiText();
  return (
    <DialogTrigger>
      <IconButton
        size="s"
        label={text("descriptionOf", { task: plain(task.title) })}
        icon={<Info size={16} />}
      />
      <PopoverPanel label={text("stepDescription")} width="m">
        {({ close }) => (
          <div className={styles.description}>
            <header>
              <h3>{text("stepDescription")}</h3>
              <IconButton size="s" label={ui("close")} icon={<X size={16} />} onPress={close} />
            </header>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long description is scrolled by keyboard too */}
            <div className={styles.scroller} tabIndex={0}>
              <Markdown>{task.description}</Markdown>
            </div>
          </div>
        )}
      </PopoverPanel>
    </DialogTrigger>
  );
}

function DoneAt({ task, isTicked }: { task: Task; isTicked: boolean }) {
  const time = useTimeText();
  const team = useTeam();
  const isNarrow = useIsNarrow();
  if (!isTicked || task.state !== "closed" || task.state_modified < PLAUSIBLE) return null;
  const words = `(${time.short(task.state_modified)})`;
  if (task.state_modified_post_id === "") return <span className={styles.time}>{words}</span>;
  return (
    <Link
      className={styles.time}
      href={paths.post(team.name, task.state_modified_post_id)}
      onClick={() => {
        if (isNarrow) closePanel();
      }}
    >
      {words}
    </Link>
  );
}

function TaskMenu({ incident, task, place, onMove, onEdit }: TaskRowProps & { onEdit: () => void }) {
  const text = useIncidentPanelText();
  const remove = useDeleteTask(incident);
  const name = text("taskMenu", { task: plain(task.title) });
  return (
    <span className={styles.menu}>
      <Menu label={name} trigger={<IconButton size="s" label={name} icon={<Ellipsis size={16} />} />}>
        <MenuItem onAction={onEdit}>{text("editTask")}</MenuItem>
        <MenuItem isDisabled={place.at === 0} onAction={() => onMove(task.id, place.at - 1)}>
          {text("moveUp")}
        </MenuItem>
        <MenuItem isDisabled={place.at === place.of - 1} onAction={() => onMove(task.id, place.at + 1)}>
          {text("moveDown")}
        </MenuItem>
        <MenuItem isDanger onAction={() => remove.mutate(task)}>
          {text("deleteTask")}
        </MenuItem>
      </Menu>
    </span>
  );
}
