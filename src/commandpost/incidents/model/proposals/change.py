"""A change to a playbook: what it is, and a playbook's content with it and without it again."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

import msgspec

from commandpost.incidents.model.playbook import PlaybookContent, PlaybookStage, PlaybookTask
from commandpost.kernel.errors import Conflict
from commandpost.kernel.text import folded

_KEY_LENGTH = 32
_NO_WORD = re.compile(r"[^\w]+")
_ARTICLES = re.compile(r"\b(?:an?|the|der|die|das|de[nms]|eine?|eine[nmrs]) (?=\w)")


class ChangeDoesNotFit(Conflict):
    """The playbook is no longer what this change is about; look at it as it is now."""

    code = "proposal.does_not_fit"


class Kind(StrEnum):
    """What a proposal may change."""

    REORDER = "reorder"
    SPLIT = "split"
    DROP = "drop"
    ASSIGN = "assign"
    ADD = "add"
    REMIND = "remind"
    COMMAND = "command"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change; stages and tasks are meant by their titles. Which fields count depends on the kind.

    A task to `ADD` or `REORDER` comes into `stage`, ahead of the task `before` ("" for the stage's end). A
    `SPLIT` task is kept, and `part` follows it. `command` also belongs to a task that is added.
    """

    kind: Kind
    stage: str = ""
    task: str = ""
    from_stage: str = ""
    before: str = ""
    part: str = ""
    assignee_id: str = ""
    command: str = ""
    remind_after_s: int = 0

    @property
    def key(self) -> str:
        """What tells this change from others, the same in every run; an assignment goes by the id here."""
        text = folded(msgspec.json.encode(self).decode())
        return sha256(text.encode()).hexdigest()[:_KEY_LENGTH]

    @property
    def subject(self) -> str:
        """What it is about at heart: its place and its wording may vary as more incidents come in."""
        parts = (
            self.kind,
            "" if self.kind is Kind.ADD else words(self.from_stage or self.stage),
            words(self.task),
            self.assignee_id,
            self.command if self.kind is Kind.COMMAND else "",
            str(self.remind_after_s),
        )
        return sha256("\0".join(parts).encode()).hexdigest()[:_KEY_LENGTH]

    def applied(self, content: PlaybookContent) -> PlaybookContent:
        """The content with this change, which must be a change to it. Raises ChangeDoesNotFit."""
        changed = _applied(self, content)
        if changed == content:
            raise ChangeDoesNotFit
        return changed

    def fits(self, content: PlaybookContent) -> bool:
        """Whether it changes that content."""
        try:
            self.applied(content)
        except ChangeDoesNotFit:
            return False
        return True

    def undone(self, content: PlaybookContent, *, was: PlaybookContent) -> PlaybookContent:
        """The content without this change, which was made to `was`; what others changed since stays.

        Raises ChangeDoesNotFit where they changed the same.
        """
        return _undone(self, content, was)


def _applied(change: Change, content: PlaybookContent) -> PlaybookContent:
    stage, task = change.stage, change.task
    match change.kind:
        case Kind.REMIND:
            return replace(content, reminder_timer_default_s=change.remind_after_s)
        case Kind.ADD:
            new = PlaybookTask(title=task, command=change.command)
            return _with_added(content, stage, change.before, new)
        case Kind.SPLIT:
            at, position = _place(content, stage, task)
            tasks = content.stages[at].tasks
            part = PlaybookTask(title=change.part)
            return _with_tasks(content, at, (*tasks[: position + 1], part, *tasks[position + 1 :]))
        case Kind.DROP:
            return _without(content, stage, task)
        case Kind.ASSIGN:
            return _with_task(content, stage, task, assignee_id=change.assignee_id)
        case Kind.COMMAND:
            return _with_task(content, stage, task, command=change.command)
        case Kind.REORDER:
            moved = _task(content, change.from_stage, task)
            return _with_added(_without(content, change.from_stage, task), stage, change.before, moved)


def _undone(change: Change, content: PlaybookContent, was: PlaybookContent) -> PlaybookContent:
    stage, task = change.stage, change.task
    match change.kind:
        case Kind.REMIND:
            if content.reminder_timer_default_s != change.remind_after_s:
                raise ChangeDoesNotFit
            return replace(content, reminder_timer_default_s=was.reminder_timer_default_s)
        case Kind.ADD:
            return _without(content, stage, task)
        case Kind.SPLIT:
            return _without(content, stage, change.part)
        case Kind.DROP:
            return _put_back(content, stage, _task(was, stage, task), was)
        case Kind.ASSIGN:
            if _task(content, stage, task).assignee_id != change.assignee_id:
                raise ChangeDoesNotFit
            return _with_task(content, stage, task, assignee_id=_task(was, stage, task).assignee_id)
        case Kind.COMMAND:
            if _task(content, stage, task).command != change.command:
                raise ChangeDoesNotFit
            return _with_task(content, stage, task, command=_task(was, stage, task).command)
        case Kind.REORDER:
            moved = _task(content, stage, task)
            return _put_back(_without(content, stage, task), change.from_stage, moved, was)


def _put_back(
    content: PlaybookContent, stage: str, task: PlaybookTask, was: PlaybookContent
) -> PlaybookContent:
    """A task ahead of the first of those that followed it before and are still there."""
    at, position = _place(was, stage, task.title)
    following = [one.title for one in was.stages[at].tasks[position + 1 :]]
    here = content.stages[_stage(content, stage)].tasks
    before = next((title for title in following if any(same(one.title, title) for one in here)), "")
    return _with_added(content, stage, before, task)


def words(text: str) -> str:
    """A title by its words: case, punctuation and articles vary where people write it by hand."""
    return _ARTICLES.sub("", _NO_WORD.sub(" ", folded(text)).strip())


def same(one: str, other: str) -> bool:
    """Whether two titles mean the same."""
    return folded(one).strip() == folded(other).strip()


def _stage(content: PlaybookContent, title: str) -> int:
    for at, stage in enumerate(content.stages):
        if same(stage.title, title):
            return at
    raise ChangeDoesNotFit


def _place(content: PlaybookContent, stage: str, task: str) -> tuple[int, int]:
    at = _stage(content, stage)
    for position, one in enumerate(content.stages[at].tasks):
        if same(one.title, task):
            return at, position
    raise ChangeDoesNotFit


def _task(content: PlaybookContent, stage: str, task: str) -> PlaybookTask:
    at, position = _place(content, stage, task)
    return content.stages[at].tasks[position]


def _with_tasks(content: PlaybookContent, at: int, tasks: tuple[PlaybookTask, ...]) -> PlaybookContent:
    stage: PlaybookStage = replace(content.stages[at], tasks=tasks)
    return replace(content, stages=(*content.stages[:at], stage, *content.stages[at + 1 :]))


def _with_added(content: PlaybookContent, stage: str, before: str, task: PlaybookTask) -> PlaybookContent:
    """Raises ChangeDoesNotFit also where the stage has such a task."""
    at = _stage(content, stage)
    tasks = content.stages[at].tasks
    if any(same(one.title, task.title) for one in tasks):
        raise ChangeDoesNotFit
    position = _place(content, stage, before)[1] if before else len(tasks)
    return _with_tasks(content, at, (*tasks[:position], task, *tasks[position:]))


def _without(content: PlaybookContent, stage: str, task: str) -> PlaybookContent:
    at, position = _place(content, stage, task)
    tasks = content.stages[at].tasks
    return _with_tasks(content, at, tasks[:position] + tasks[position + 1 :])


def _with_task(
    content: PlaybookContent,
    stage: str,
    task: str,
    *,
    assignee_id: str | None = None,
    command: str | None = None,
) -> PlaybookContent:
    at, position = _place(content, stage, task)
    tasks = content.stages[at].tasks
    changed = tasks[position]
    if assignee_id is not None:
        changed = replace(changed, assignee_id=assignee_id)
    if command is not None:
        changed = replace(changed, command=command)
    return _with_tasks(content, at, (*tasks[:position], changed, *tasks[position + 1 :]))
