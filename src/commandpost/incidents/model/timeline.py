"""The entries of an incident's event log: one class for each kind, with its payload.

A kind and its payload are a contract (`docs/api/events.md`): a class changes only by gaining fields with
defaults; any other change is a new `version`. Readers must expect kinds and fields they do not know.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, TypeAlias, get_args

import msgspec

from commandpost.incidents.model.ids import IncidentId
from commandpost.incidents.model.task import TaskState
from commandpost.kernel.clock import Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAtStart:
    """A task as it was copied from the playbook; some playbooks begin with tasks that are closed."""

    id: str
    title: str
    state: TaskState = TaskState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class StageAtStart:
    """A stage as it was copied from the playbook."""

    id: str
    title: str
    tasks: tuple[TaskAtStart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentStarted:
    """The incident started, with what it took from its playbook. `origin_post_id` is the post it began at."""

    kind: ClassVar[str] = "incident_started"
    version: ClassVar[int] = 1

    name: str
    description: str
    commander_id: str
    channel_id: str
    is_public: bool
    playbook_id: str
    playbook_version: int
    origin_post_id: str
    active_stage: int
    stages: tuple[StageAtStart, ...]
    reminder_default_s: int
    broadcast_channel_id: str
    post_id: str

    @property
    def first_stage_id(self) -> str:
        """The stage that was active first; "" if there was none."""
        is_there = 0 <= self.active_stage < len(self.stages)
        return self.stages[self.active_stage].id if is_there else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentEnded:
    """The incident ended, that long after its start."""

    kind: ClassVar[str] = "incident_ended"
    version: ClassVar[int] = 1

    duration_ms: int
    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRestarted:
    """The incident is ongoing again."""

    kind: ClassVar[str] = "incident_restarted"
    version: ClassVar[int] = 1

    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommanderChanged:
    """Somebody else leads."""

    kind: ClassVar[str] = "commander_changed"
    version: ClassVar[int] = 1

    from_id: str
    to_id: str
    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StageChanged:
    """Another stage is active. `open_tasks` counts the tasks left open in the stage that was left."""

    kind: ClassVar[str] = "stage_changed"
    version: ClassVar[int] = 1

    from_stage_id: str
    from_position: int
    from_title: str
    to_stage_id: str
    to_position: int
    to_title: str
    open_tasks: int
    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTicked:
    """A task was closed."""

    kind: ClassVar[str] = "task_ticked"
    version: ClassVar[int] = 1

    stage_id: str
    task_id: str
    title: str
    from_state: TaskState
    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskUnticked:
    """A task was opened again."""

    kind: ClassVar[str] = "task_unticked"
    version: ClassVar[int] = 1

    stage_id: str
    task_id: str
    title: str
    from_state: TaskState
    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskInProgress:
    """Somebody is at work on a task."""

    kind: ClassVar[str] = "task_in_progress"
    version: ClassVar[int] = 1

    stage_id: str
    task_id: str
    title: str
    from_state: TaskState
    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAssigned:
    """A task has another assignee; "" is nobody."""

    kind: ClassVar[str] = "task_assigned"
    version: ClassVar[int] = 1

    stage_id: str
    task_id: str
    title: str
    from_id: str
    to_id: str
    post_id: str


class RunOutcome(StrEnum):
    """How the run of a task's command went."""

    OK = "ok"
    NOT_FOUND = "not_found"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRun:
    """A task's slash command was run. `answer` is the first line of what it said, "" if nothing."""

    kind: ClassVar[str] = "task_run"
    version: ClassVar[int] = 1

    stage_id: str
    task_id: str
    title: str
    command: str
    outcome: RunOutcome
    duration_ms: int
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAdded:
    """A task was added at the end of a stage."""

    kind: ClassVar[str] = "task_added"
    version: ClassVar[int] = 1

    stage_id: str
    task_id: str
    position: int
    title: str
    description: str
    command: str
    state: TaskState
    assignee_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEdited:
    """A task was renamed or got another command."""

    kind: ClassVar[str] = "task_edited"
    version: ClassVar[int] = 1

    stage_id: str
    task_id: str
    from_title: str
    to_title: str
    from_command: str
    to_command: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskMoved:
    """A task was moved within its stage."""

    kind: ClassVar[str] = "task_moved"
    version: ClassVar[int] = 1

    stage_id: str
    task_id: str
    title: str
    from_position: int
    to_position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRemoved:
    """A task was deleted."""

    kind: ClassVar[str] = "task_removed"
    version: ClassVar[int] = 1

    stage_id: str
    task_id: str
    position: int
    title: str
    state: TaskState


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusUpdated:
    """A status update was posted. No reminder is 0 seconds, no broadcast copy is ""."""

    kind: ClassVar[str] = "status_updated"
    version: ClassVar[int] = 1

    post_id: str
    remind_after_s: int
    broadcast_post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusEdited:
    """The post of a status update was edited."""

    kind: ClassVar[str] = "status_edited"
    version: ClassVar[int] = 1

    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusDeleted:
    """The post of a status update was deleted."""

    kind: ClassVar[str] = "status_deleted"
    version: ClassVar[int] = 1

    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDue:
    """The time set with the last status update was over. It was noticed at the time of this entry."""

    kind: ClassVar[str] = "reminder_due"
    version: ClassVar[int] = 1

    due_at: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderShown:
    """The reminder was posted, mentioning the commander of that moment."""

    kind: ClassVar[str] = "reminder_shown"
    version: ClassVar[int] = 1

    post_id: str
    commander_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDismissed:
    """Somebody pressed Dismiss."""

    kind: ClassVar[str] = "reminder_dismissed"
    version: ClassVar[int] = 1

    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberJoined:
    """A user is in the channel. Time zone (IANA) and working hours are as the profile had them then."""

    kind: ClassVar[str] = "member_joined"
    version: ClassVar[int] = 1

    user_id: str
    is_bot: bool
    timezone: str
    working_hours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLeft:
    """A user is no longer in the channel."""

    kind: ClassVar[str] = "member_left"
    version: ClassVar[int] = 1

    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSeen:
    """Somebody posted in the channel; what they wrote is not kept here. Posts of ours are not repeated."""

    kind: ClassVar[str] = "post_seen"
    version: ClassVar[int] = 1

    post_id: str
    author_id: str
    root_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalStarted:
    """The incident is practice: what happened in another one, or is drawn from `seed`, is replayed in it."""

    kind: ClassVar[str] = "rehearsal_started"
    version: ClassVar[int] = 1

    source_id: str
    playbook_id: str
    seed: int
    speed: int
    steps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalStep:
    """A step of the original was replayed, of so many the one of that number; `after_ms` is its own time."""

    kind: ClassVar[str] = "rehearsal_step"
    version: ClassVar[int] = 1

    number: int
    step: str
    after_ms: int
    title: str
    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSaved:
    """A version of the review document was saved."""

    kind: ClassVar[str] = "review_saved"
    version: ClassVar[int] = 1

    document_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPut:
    """The review document is a draft, in review or published; `post_id` tells the channel."""

    kind: ClassVar[str] = "review_put"
    version: ClassVar[int] = 1

    from_status: str
    to_status: str
    document_version: int
    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpAdded:
    """Something is to be done after the incident."""

    kind: ClassVar[str] = "follow_up_added"
    version: ClassVar[int] = 1

    follow_up_id: str
    title: str
    assignee_id: str
    due_at: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpChanged:
    """A follow-up has another title, assignee or due date."""

    kind: ClassVar[str] = "follow_up_changed"
    version: ClassVar[int] = 1

    follow_up_id: str
    title: str
    assignee_id: str
    due_at: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpDone:
    """A follow-up was done."""

    kind: ClassVar[str] = "follow_up_done"
    version: ClassVar[int] = 1

    follow_up_id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpReopened:
    """A follow-up was not done after all."""

    kind: ClassVar[str] = "follow_up_reopened"
    version: ClassVar[int] = 1

    follow_up_id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRemoved:
    """A follow-up need not be done."""

    kind: ClassVar[str] = "follow_up_removed"
    version: ClassVar[int] = 1

    follow_up_id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpTicketed:
    """A ticket was made of a follow-up in a tool outside. `reference` is the tool's own name for it."""

    kind: ClassVar[str] = "follow_up_ticketed"
    version: ClassVar[int] = 1

    follow_up_id: str
    title: str
    integration: str
    url: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAdded:
    """Something in a tool outside belongs to the incident. `reference` is the tool's own name for it."""

    kind: ClassVar[str] = "link_added"
    version: ClassVar[int] = 1

    integration: str
    title: str
    url: str
    reference: str
    post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertFired:
    """An alert of a monitoring system began to fire. `alert_key` is its fingerprint or dedup_key."""

    kind: ClassVar[str] = "alert_fired"
    version: ClassVar[int] = 1

    source_id: str
    source: str
    alert_key: str
    title: str
    severity: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertAcknowledged:
    """Somebody acknowledged an alert in the system it comes from."""

    kind: ClassVar[str] = "alert_acknowledged"
    version: ClassVar[int] = 1

    source_id: str
    source: str
    alert_key: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertResolved:
    """An alert no longer fires. The incident goes on until somebody ends it."""

    kind: ClassVar[str] = "alert_resolved"
    version: ClassVar[int] = 1

    source_id: str
    source: str
    alert_key: str
    title: str


class ChannelChange(StrEnum):
    """What became of an incident's channel, by somebody's doing in the chat."""

    RENAMED = "renamed"
    ARCHIVED = "archived"
    RESTORED = "restored"
    BOT_REMOVED = "bot_removed"
    BOT_RETURNED = "bot_returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelChanged:
    """The channel is not as it was. `name` is its display name since then."""

    kind: ClassVar[str] = "channel_changed"
    version: ClassVar[int] = 1

    change: ChannelChange
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRefused:
    """The chat refuses for good what was to be posted. `message` is its beginning, `reason` the chat's."""

    kind: ClassVar[str] = "post_refused"
    version: ClassVar[int] = 1

    message: str
    reason: str


Afterwards: TypeAlias = (
    ReviewSaved
    | ReviewPut
    | FollowUpAdded
    | FollowUpChanged
    | FollowUpDone
    | FollowUpReopened
    | FollowUpRemoved
    | FollowUpTicketed
)
"""What people make of an incident: no part of how it went."""

Payload: TypeAlias = (
    IncidentStarted
    | IncidentEnded
    | IncidentRestarted
    | CommanderChanged
    | StageChanged
    | TaskTicked
    | TaskUnticked
    | TaskInProgress
    | TaskAssigned
    | TaskRun
    | TaskAdded
    | TaskEdited
    | TaskMoved
    | TaskRemoved
    | StatusUpdated
    | StatusEdited
    | StatusDeleted
    | ReminderDue
    | ReminderShown
    | ReminderDismissed
    | MemberJoined
    | MemberLeft
    | PostSeen
    | ChannelChanged
    | PostRefused
    | LinkAdded
    | RehearsalStarted
    | RehearsalStep
    | ReviewSaved
    | ReviewPut
    | FollowUpAdded
    | FollowUpChanged
    | FollowUpDone
    | FollowUpReopened
    | FollowUpRemoved
    | FollowUpTicketed
    | AlertFired
    | AlertAcknowledged
    | AlertResolved
)

KINDS: dict[str, type[Payload]] = {payload.kind: payload for payload in get_args(Payload)}
"""Every kind there is, by its name."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the log. `actor_id` is "" for what happened by itself. Thousands are made for a review."""

    incident_id: IncidentId
    sequence: int
    actor_id: str
    at: Millis
    payload: Payload
