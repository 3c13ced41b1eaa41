"""A past incident as its playbook sees it: which tasks were done, when, by whom, and what came by hand."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from commandpost.incidents.model.task import TaskState
from commandpost.incidents.model.timeline import (
    Entry,
    IncidentEnded,
    IncidentStarted,
    ReminderDismissed,
    ReminderShown,
    StatusUpdated,
    TaskAdded,
    TaskAssigned,
    TaskEdited,
    TaskInProgress,
    TaskRemoved,
    TaskRun,
    TaskTicked,
    TaskUnticked,
)
from commandpost.kernel.text import folded

Key = tuple[str, str]
"""A task in every run: the folded titles of its stage and of itself."""


def key_of(stage: str, task: str) -> Key:
    """The key of a task with that title in a stage with that title."""
    return (folded(stage).strip(), folded(task).strip())


@dataclass(slots=True)
class TaskCourse:
    """What became of a task. `added` is None for one from the playbook; entries are in their order."""

    key: Key
    title: str
    stage: str
    added: Entry | None = None
    assignee_id: str = ""
    was_closed: bool = False
    is_done: bool = False
    removed: Entry | None = None
    ticked: list[Entry] = field(default_factory=list[Entry])
    unticked: list[Entry] = field(default_factory=list[Entry])
    begun: list[Entry] = field(default_factory=list[Entry])
    given: list[Entry] = field(default_factory=list[Entry])
    edited: list[Entry] = field(default_factory=list[Entry])
    runs: list[Entry] = field(default_factory=list[Entry])

    @property
    def is_touched(self) -> bool:
        """Whether anybody did anything about it, but deleting it or giving it to somebody."""
        return bool(self.ticked or self.begun or self.runs or self.edited)

    @property
    def first_done(self) -> Entry | None:
        return self.ticked[0] if self.ticked else None


@dataclass(slots=True)
class Run:
    """An incident that is over. `tasks` are by id: first those of the playbook, in its order."""

    incident_id: str
    name: str
    playbook_version: int
    began: Entry
    ended: Entry
    duration_ms: int
    reminder_default_s: int
    tasks: dict[str, TaskCourse]
    planned: dict[Key, TaskCourse]
    by_hand: list[TaskCourse]
    ticks: list[Entry]
    updates: list[Entry]
    reminders: list[Entry]
    entries: Sequence[Entry]

    @property
    def share_done(self) -> float:
        """Which part of the tasks from the playbook was done."""
        return sum(task.is_done for task in self.planned.values()) / max(1, len(self.planned))

    def before(self, at: int) -> int:
        """When something was last completed before a moment, or the incident began."""
        return max((one.at for one in self.ticks if one.at < at), default=self.began.at)


def runs_of(logs: Iterable[Sequence[Entry]]) -> tuple[Run, ...]:
    """The runs of these logs; those that are not over, or begin with nothing, say nothing. Oldest first."""
    found = [run for log in logs if (run := _run(log))]
    return tuple(sorted(found, key=lambda run: (run.began.at, run.incident_id)))


def _run(log: Sequence[Entry]) -> Run | None:
    entries = sorted(log, key=lambda entry: entry.sequence)
    first = entries[0] if entries else None
    ended = next((one for one in reversed(entries) if isinstance(one.payload, IncidentEnded)), None)
    if first is None or ended is None or not isinstance(first.payload, IncidentStarted):
        return None
    tasks = _tasks_at_start(first.payload)
    planned: dict[Key, TaskCourse] = {}
    for task in tasks.values():
        planned.setdefault(task.key, task)
    stages = {stage.id: stage.title for stage in first.payload.stages}
    for entry in entries:
        _tell(tasks, stages, entry)
    told: dict[type, list[Entry]] = defaultdict(list)
    for entry in entries:
        told[type(entry.payload)].append(entry)
    return Run(
        incident_id=first.incident_id,
        name=first.payload.name,
        playbook_version=first.payload.playbook_version,
        began=first,
        ended=ended,
        duration_ms=ended.at - first.at,
        reminder_default_s=first.payload.reminder_default_s,
        tasks=tasks,
        planned=planned,
        by_hand=[task for task in tasks.values() if task.added],
        ticks=told[TaskTicked],
        updates=told[StatusUpdated],
        reminders=sorted(told[ReminderShown] + told[ReminderDismissed], key=lambda one: one.sequence),
        entries=entries,
    )


def _tasks_at_start(started: IncidentStarted) -> dict[str, TaskCourse]:
    return {
        task.id: TaskCourse(
            key=key_of(stage.title, task.title),
            title=task.title,
            stage=stage.title,
            was_closed=task.state is TaskState.CLOSED,
            is_done=task.state is TaskState.CLOSED,
        )
        for stage in started.stages
        for task in stage.tasks
    }


def _tell(tasks: dict[str, TaskCourse], stages: dict[str, str], entry: Entry) -> None:
    payload = entry.payload
    if isinstance(payload, TaskAdded):
        stage = stages.get(payload.stage_id, "")
        tasks[payload.task_id] = TaskCourse(
            key=key_of(stage, payload.title),
            title=payload.title,
            stage=stage,
            added=entry,
            is_done=payload.state is TaskState.CLOSED,
            assignee_id=payload.assignee_id,
        )
        return
    task = tasks.get(payload.task_id) if isinstance(payload, _OF_TASKS) else None
    if task is None:
        return
    match payload:
        case TaskTicked():
            task.ticked.append(entry)
            task.is_done = True
        case TaskUnticked():
            task.unticked.append(entry)
            task.is_done = False
        case TaskInProgress():
            task.begun.append(entry)
            task.is_done = False
        case TaskAssigned(to_id=to_id):
            task.given.append(entry)
            task.assignee_id = to_id
        case TaskEdited():
            task.edited.append(entry)
        case TaskRun():
            task.runs.append(entry)
        case TaskRemoved():
            task.removed = entry
            task.is_done = False
        case _:
            pass


_OF_TASKS = (TaskTicked, TaskUnticked, TaskInProgress, TaskAssigned, TaskEdited, TaskRun, TaskRemoved)
