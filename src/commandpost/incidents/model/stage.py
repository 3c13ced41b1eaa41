"""A stage: a titled list of tasks, in order."""

from dataclasses import dataclass, replace

from commandpost.incidents.model.ids import StageId
from commandpost.incidents.model.task import Task
from commandpost.kernel.errors import Conflict, Invalid, NotFound

MAX_TASKS = 1000


class TaskUnknown(NotFound):
    """There is no task at that position."""

    code = "task.unknown"


class MoveOutOfRange(Invalid):
    """A task can only be moved to a position within its own stage."""

    code = "task.move_out_of_range"


class StageFull(Conflict):
    """The stage has as many tasks as a stage can hold."""

    code = "stage.full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of an incident."""

    id: StageId
    title: str
    tasks: tuple[Task, ...] = ()

    def task(self, position: int) -> Task:
        """The task at a position counted from 0. Raises TaskUnknown."""
        if not 0 <= position < len(self.tasks):
            raise TaskUnknown
        return self.tasks[position]

    def with_task(self, position: int, task: Task) -> "Stage":
        """This stage with another task at that position. Raises TaskUnknown."""
        self.task(position)
        return replace(self, tasks=(*self.tasks[:position], task, *self.tasks[position + 1 :]))

    def extended(self, task: Task) -> "Stage":
        """This stage with one more task at its end. Raises StageFull."""
        if len(self.tasks) >= MAX_TASKS:
            raise StageFull
        return replace(self, tasks=(*self.tasks, task))

    def without(self, position: int) -> "Stage":
        """This stage without the task at that position. Raises TaskUnknown."""
        self.task(position)
        return replace(self, tasks=self.tasks[:position] + self.tasks[position + 1 :])

    def reordered(self, *, position: int, destination: int) -> "Stage":
        """The task at `position` taken out, then put in at `destination`. Raises MoveOutOfRange."""
        if not (0 <= position < len(self.tasks) and 0 <= destination < len(self.tasks)):
            raise MoveOutOfRange
        others = self.tasks[:position] + self.tasks[position + 1 :]
        moved = (*others[:destination], self.tasks[position], *others[destination:])
        return replace(self, tasks=moved)

    @property
    def is_complete(self) -> bool:
        """Whether no task is open any more; so for an empty stage too."""
        return not any(task.is_open for task in self.tasks)
