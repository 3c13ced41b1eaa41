"""A task: one thing to do in a stage of an incident."""

from dataclasses import dataclass, replace
from enum import StrEnum

from commandpost.incidents.model.ids import TaskId
from commandpost.incidents.model.text import COMMAND_LIMIT, DESCRIPTION_LIMIT, TITLE_LIMIT, checked
from commandpost.kernel.clock import NEVER, Millis
from commandpost.kernel.errors import Conflict, Invalid


class TaskState(StrEnum):
    """As on the wire and in the tables."""

    OPEN = ""
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"


class TaskStateUnknown(Invalid):
    """bad parameter new state"""

    code = "task.state_unknown"


class TaskTitleMissing(Invalid):
    """bad parameter: checklist item title"""

    code = "task.title_missing"


class TaskWithoutCommand(Conflict):
    """The task has no slash command to run."""

    code = "task.without_command"


def task_state(text: str) -> TaskState:
    """The state of that wire name. Raises TaskStateUnknown."""
    try:
        return TaskState(text)
    except ValueError as cause:
        raise TaskStateUnknown from cause


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """A task to be added. The title is trimmed and must not be empty then."""

    title: str
    description: str = ""
    command: str = ""
    state: TaskState = TaskState.OPEN
    assignee_id: str = ""

    def checked(self) -> "NewTask":
        """The task as it will be kept. Raises TaskTitleMissing, TextTooLong, TextUnstorable."""
        title = self.title.strip()
        if not title:
            raise TaskTitleMissing
        checked(title, limit=TITLE_LIMIT, what="title of the task")
        checked(self.description, limit=DESCRIPTION_LIMIT, what="description of the task")
        checked(self.command, limit=COMMAND_LIMIT, what="slash command of the task")
        return replace(self, title=title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task of an incident. The `_post_id`s name the posts that announced the last change."""

    id: TaskId
    title: str
    description: str = ""
    command: str = ""
    command_last_run: Millis = NEVER
    state: TaskState = TaskState.OPEN
    state_modified: Millis = NEVER
    state_modified_post_id: str = ""
    assignee_id: str = ""
    assignee_modified: Millis = NEVER
    assignee_modified_post_id: str = ""

    @property
    def is_open(self) -> bool:
        """Open in the sense of the question before the next stage: neither closed nor in progress."""
        return self.state is TaskState.OPEN

    def put(self, state: TaskState, *, at: Millis, post_id: str) -> "Task":
        """This task in another state, announced by that post."""
        return replace(self, state=state, state_modified=at, state_modified_post_id=post_id)

    def assigned(self, assignee_id: str, *, at: Millis, post_id: str) -> "Task":
        """This task with another assignee, "" for none."""
        return replace(self, assignee_id=assignee_id, assignee_modified=at, assignee_modified_post_id=post_id)

    def edited(self, *, title: str, command: str) -> "Task":
        """This task with another title and command. Raises TextTooLong, TextUnstorable."""
        return replace(
            self,
            title=checked(title, limit=TITLE_LIMIT, what="title of the task"),
            command=checked(command, limit=COMMAND_LIMIT, what="slash command of the task"),
        )

    def run(self, *, at: Millis) -> "Task":
        """This task after its command ran successfully."""
        return replace(self, command_last_run=at)

    def runnable_command(self) -> str:
        """The command to run. Raises TaskWithoutCommand."""
        if not self.command.strip():
            raise TaskWithoutCommand
        return self.command
