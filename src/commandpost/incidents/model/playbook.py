"""A playbook: the plan an incident starts from."""

from dataclasses import dataclass, replace
from enum import StrEnum

from commandpost.incidents.model.ids import PlaybookId
from commandpost.incidents.model.reminder import checked_reminder
from commandpost.incidents.model.stage import MAX_TASKS
from commandpost.incidents.model.task import TaskState
from commandpost.incidents.model.text import (
    COMMAND_LIMIT,
    DESCRIPTION_LIMIT,
    MESSAGE_LIMIT,
    TITLE_LIMIT,
    checked,
)
from commandpost.kernel.clock import NEVER, Millis
from commandpost.kernel.errors import Conflict, Invalid, Outdated
from commandpost.kernel.ids import LENGTH

MAX_STAGES = 100
MAX_MEMBERS = 1000


class PlaybookTooLarge(Invalid):
    """A playbook holds at most 100 stages, 1000 tasks and 1000 members."""

    code = "playbook.too_large"


class PlaybookDeleted(Conflict):
    """The playbook has been deleted."""

    code = "playbook.deleted"


class PlaybookChanged(Outdated):
    """Somebody else changed the playbook since you opened it; load it again before you save."""

    code = "playbook.changed"


class PlaybookOfOtherTeam(Invalid):
    """The playbook belongs to another team."""

    code = "playbook.other_team"


class PlaybookCreators(StrEnum):
    """Who may make playbooks: a setting."""

    MEMBERS = "members"
    TEAM_ADMINS = "team_admins"
    SYSTEM_ADMINS = "system_admins"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookTask:
    """A task of a playbook. `id` is whatever the client sent: incidents give their tasks ids of their own.

    `assignee_id` is whose it is from the start of an incident on, "" for nobody.
    """

    id: str = ""
    title: str
    description: str = ""
    command: str = ""
    assignee_id: str = ""
    state: TaskState = TaskState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookStage:
    """A stage of a playbook. `id` is whatever the client sent."""

    id: str = ""
    title: str
    tasks: tuple[PlaybookTask, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookContent:
    """What an editor of a playbook decides."""

    team_id: str
    title: str
    description: str = ""
    create_public_incident: bool = False
    stages: tuple[PlaybookStage, ...] = ()
    member_ids: tuple[str, ...] = ()
    broadcast_channel_id: str = ""
    reminder_message_template: str = ""
    reminder_timer_default_s: int = 0

    def checked(self) -> "PlaybookContent":
        """The content as it will be kept: each member once.

        Raises PlaybookTooLarge, TextTooLong, TextUnstorable, ReminderOutOfRange.
        """
        members = tuple(dict.fromkeys(member for member in self.member_ids if member))
        if len(self.stages) > MAX_STAGES or self.num_tasks > MAX_TASKS or len(members) > MAX_MEMBERS:
            raise PlaybookTooLarge
        checked(self.title, limit=TITLE_LIMIT, what="title of the playbook")
        checked(self.description, limit=DESCRIPTION_LIMIT, what="description of the playbook")
        checked(self.reminder_message_template, limit=MESSAGE_LIMIT, what="message template")
        checked(self.broadcast_channel_id, limit=LENGTH, what="broadcast channel's id")
        for member in members:
            checked(member, limit=LENGTH, what="id of a member")
        for stage in self.stages:
            _check_stage(stage)
        checked_reminder(self.reminder_timer_default_s)
        return replace(self, member_ids=members)

    def shared_with(self, user_id: str) -> "PlaybookContent":
        """The same content with that user among the members."""
        if user_id in self.member_ids:
            return self
        return replace(self, member_ids=(*self.member_ids, user_id))

    def copied(self) -> "PlaybookContent":
        """The same content for another playbook, its title saying so."""
        return replace(self, title=f"Copy of {self.title}"[:TITLE_LIMIT])

    @property
    def num_tasks(self) -> int:
        return sum(len(stage.tasks) for stage in self.stages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """A playbook. Each saved edit raises its version; `delete_at` is 0 while it is in use."""

    id: PlaybookId
    content: PlaybookContent
    version: int = 1
    create_at: Millis
    update_at: Millis
    delete_at: Millis = NEVER

    def edited(self, content: PlaybookContent, *, at: Millis) -> "Playbook":
        """The next version, with other content."""
        return replace(self, content=content, version=self.version + 1, update_at=at)

    def deleted(self, *, at: Millis) -> "Playbook":
        """Out of use; deleting again changes nothing."""
        return self if self.delete_at else replace(self, delete_at=at, update_at=at)

    def restored(self, *, at: Millis) -> "Playbook":
        """In use again; restoring what is in use changes nothing."""
        return replace(self, delete_at=NEVER, update_at=at) if self.delete_at else self

    def check_version(self, version: int | None) -> None:
        """Raises PlaybookChanged if an editor saw another version than this; None asks for no check."""
        if version is not None and version != self.version:
            raise PlaybookChanged

    def has_member(self, user_id: str) -> bool:
        return user_id in self.content.member_ids

    def check_usable_in(self, team_id: str) -> None:
        """Raises PlaybookDeleted, PlaybookOfOtherTeam."""
        if self.delete_at:
            raise PlaybookDeleted
        if self.content.team_id != team_id:
            raise PlaybookOfOtherTeam


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookSummary:
    """A playbook in a list."""

    id: PlaybookId
    team_id: str
    title: str
    description: str
    create_public_incident: bool
    create_at: Millis
    num_stages: int
    num_tasks: int


def _check_stage(stage: PlaybookStage) -> None:
    checked(stage.id, limit=TITLE_LIMIT, what="id of a stage")
    checked(stage.title, limit=TITLE_LIMIT, what="title of a stage")
    for task in stage.tasks:
        checked(task.id, limit=TITLE_LIMIT, what="id of a task")
        checked(task.title, limit=TITLE_LIMIT, what="title of a task")
        checked(task.description, limit=DESCRIPTION_LIMIT, what="description of a task")
        checked(task.command, limit=COMMAND_LIMIT, what="slash command of a task")
        checked(task.assignee_id, limit=LENGTH, what="id of an assignee")
