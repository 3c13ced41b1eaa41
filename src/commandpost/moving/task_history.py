"""What happened to an original incident's tasks: by its bot's sentences, and by what tasks bear."""

from collections.abc import Iterator

from commandpost.incidents import wording
from commandpost.incidents.model.task import TaskState
from commandpost.incidents.model.timeline import (
    RunOutcome,
    TaskAssigned,
    TaskInProgress,
    TaskRun,
    TaskTicked,
    TaskUnticked,
)
from commandpost.moving.shapes import OriginalIncident, OriginalPost, OriginalStage, OriginalTask

Place = tuple[OriginalStage, OriginalTask]
TaskChange = TaskTicked | TaskUnticked | TaskInProgress | TaskAssigned

_KINDS = {
    TaskState.OPEN: TaskUnticked,
    TaskState.IN_PROGRESS: TaskInProgress,
    TaskState.CLOSED: TaskTicked,
}


class TaskHistory:
    """Follows the tasks while the channel is read, oldest post first; all tasks were open at the start."""

    def __init__(self, incident: OriginalIncident) -> None:
        self._places = [(stage, task) for stage in incident.stages for task in stage.tasks]
        self._states: dict[str, TaskState] = {}
        self._assignees: dict[str, str] = {}

    def open_in(self, stage: OriginalStage) -> int:
        """How many of a stage's tasks are not closed at this point."""
        return sum(self._states.get(task.id) is not TaskState.CLOSED for task in stage.tasks)

    def ticked(self, title: str, verb: str, post: OriginalPost) -> TaskChange | None:
        """The change that a sentence tells; None if there is no such task any more."""
        named = self._named(title)
        borne = [place for place in named if place[1].state_modified_post_id == post.id]
        state = TaskState.OPEN if verb == "unchecked" else TaskState.CLOSED
        place = next(iter([*borne, *named]), None)
        return self._put(place, state, post_id=post.id) if place else None

    def assigned(self, title: str, to_id: str, post: OriginalPost) -> TaskChange | None:
        """The change that a sentence tells; None if there is no such task any more."""
        named = self._named(title)
        borne = [place for place in named if place[1].assignee_modified_post_id == post.id]
        place = next(iter([*borne, *named]), None)
        return self._assign(place, to_id, post_id=post.id) if place else None

    def failed(self, command: str) -> TaskRun | None:
        """The run that a sentence tells of; None if no task has that command any more."""
        for place in self._places:
            if place[1].command == command:
                return _run(place, RunOutcome.FAILED)
        return None

    def untold(self) -> Iterator[tuple[int, TaskChange | TaskRun]]:
        """Last changes, and last runs, that tasks bear and the channel did not tell: each with its time."""
        for stage, task in self._places:
            state = TaskState(task.state) if task.state in [*TaskState] else TaskState.OPEN
            if state is not self._states.get(task.id, TaskState.OPEN):
                yield (
                    task.state_modified,
                    self._put((stage, task), state, post_id=task.state_modified_post_id),
                )
            if task.assignee_id != self._assignees.get(task.id, ""):
                post_id = task.assignee_modified_post_id
                yield task.assignee_modified, self._assign((stage, task), task.assignee_id, post_id=post_id)
            if task.command_last_run:
                yield task.command_last_run, _run((stage, task), RunOutcome.OK)

    def _named(self, title: str) -> list[Place]:
        return [place for place in self._places if wording.without_markdown(place[1].title) == title]

    def _put(self, place: Place, state: TaskState, *, post_id: str) -> TaskChange:
        stage, task = place
        before = self._states.get(task.id, TaskState.OPEN)
        self._states[task.id] = state
        return _KINDS[state](
            stage_id=stage.id, task_id=task.id, title=task.title, from_state=before, post_id=post_id
        )

    def _assign(self, place: Place, to_id: str, *, post_id: str) -> TaskChange:
        stage, task = place
        before = self._assignees.get(task.id, "")
        self._assignees[task.id] = to_id
        return TaskAssigned(
            stage_id=stage.id,
            task_id=task.id,
            title=task.title,
            from_id=before,
            to_id=to_id,
            post_id=post_id,
        )


def _run(place: Place, outcome: RunOutcome) -> TaskRun:
    stage, task = place
    return TaskRun(
        stage_id=stage.id,
        task_id=task.id,
        title=task.title,
        command=task.command,
        outcome=outcome,
        duration_ms=0,
        answer="",
    )
