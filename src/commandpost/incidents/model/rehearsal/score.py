"""What an incident took, stage by stage, so that practice can be laid beside the original."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from commandpost.incidents.model.review.chronicle import Chronicle
from commandpost.incidents.model.review.course import stage_times
from commandpost.incidents.model.review.story import Story
from commandpost.incidents.model.task import TaskState
from commandpost.incidents.model.timeline import (
    Entry,
    IncidentEnded,
    ReminderShown,
    StageChanged,
    StatusUpdated,
    TaskAdded,
    TaskRemoved,
    TaskTicked,
    TaskUnticked,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFigures:
    """A stage: when it was first entered, how long it was active, and how many of its tasks were done.

    Times are in the original's pace; `reached_ms` is since the start, None if it never was.
    """

    title: str
    reached_ms: int | None
    active_ms: int
    tasks: int
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A whole incident; None means that it did not happen (yet)."""

    stages: tuple[StageFigures, ...] = ()
    first_update_ms: int | None = None
    ended_ms: int | None = None
    updates: int = 0
    reminders: int = 0


def figures_of(entries: Sequence[Entry], *, speed: int = 1) -> Figures:
    """What the log of an incident tells; times are multiplied by `speed`."""
    chronicle = Chronicle(Story(entries=tuple(entries)))
    if chronicle.start is None:
        return Figures()
    begin = chronicle.ordered[0].at
    updates = [entry.at for entry in chronicle.of_kind(StatusUpdated)]
    ends = [entry.at for entry in chronicle.of_kind(IncidentEnded)]
    return Figures(
        stages=_stages(chronicle, begin, speed),
        first_update_ms=(updates[0] - begin) * speed if updates else None,
        ended_ms=(ends[-1] - begin) * speed if ends and chronicle.is_ended else None,
        updates=len(updates),
        reminders=len(chronicle.of_kind(ReminderShown)),
    )


def _stages(chronicle: Chronicle, begin: int, speed: int) -> tuple[StageFigures, ...]:
    assert chronicle.start is not None
    reached = {chronicle.start.first_stage_id: 0}
    for entry in chronicle.stage_changes:
        if isinstance(payload := entry.payload, StageChanged):
            reached.setdefault(payload.to_stage_id, (entry.at - begin) * speed)
    tasks, done = _tasks(chronicle)
    return tuple(
        StageFigures(
            title=one.title,
            reached_ms=reached.get(one.stage_id),
            active_ms=one.active_ms * speed,
            tasks=len(tasks[one.stage_id]),
            done=len(tasks[one.stage_id] & done),
        )
        for one in stage_times(chronicle)
    )


def _tasks(chronicle: Chronicle) -> tuple[defaultdict[str, set[str]], set[str]]:
    """The tasks of each stage, and those that are done, after the last entry."""
    assert chronicle.start is not None
    tasks: defaultdict[str, set[str]] = defaultdict(set)
    done: set[str] = set()
    for stage in chronicle.start.stages:
        tasks[stage.id] = {task.id for task in stage.tasks}
        done |= {task.id for task in stage.tasks if task.state is TaskState.CLOSED}
    for entry in chronicle.ordered:
        match entry.payload:
            case TaskAdded(stage_id=stage_id, task_id=task_id):
                tasks[stage_id].add(task_id)
            case TaskRemoved(stage_id=stage_id, task_id=task_id):
                tasks[stage_id].discard(task_id)
            case TaskTicked(task_id=task_id):
                done.add(task_id)
            case TaskUnticked(task_id=task_id):
                done.discard(task_id)
            case _:
                pass
    return tasks, done
