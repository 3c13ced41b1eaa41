"""Incidents as v0 takes and sends them."""

import msgspec

from commandpost.incidents.actions.details import Metadata
from commandpost.incidents.model.ids import shown_id
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.listing import Listed
from commandpost.incidents.model.stage import Stage
from commandpost.incidents.model.status_update import StatusPost
from commandpost.incidents.model.task import Task
from commandpost.incidents.ports import User

_SECOND_NS = 1_000_000_000
_NO_STAGE = -1


class TaskShape(msgspec.Struct, kw_only=True):
    """A task."""

    id: str
    title: str
    state: str
    state_modified: int
    state_modified_post_id: str
    assignee_id: str
    assignee_modified: int
    assignee_modified_post_id: str
    command: str
    command_last_run: int
    description: str


class StageShape(msgspec.Struct, kw_only=True):
    """A stage with its tasks."""

    id: str
    title: str
    items: list[TaskShape]


class StatusPostShape(msgspec.Struct, kw_only=True):
    """A status update's post."""

    id: str
    create_at: int
    delete_at: int


class IncidentShape(msgspec.Struct, kw_only=True):
    """An incident. `previous_reminder` is in nanoseconds. `is_practice`: it is a rehearsal.

    `is_imported`: it came in an archive.
    """

    id: str
    name: str
    description: str
    is_active: bool
    commander_user_id: str
    team_id: str
    channel_id: str
    create_at: int
    end_at: int
    delete_at: int
    active_stage: int
    active_stage_title: str
    post_id: str
    playbook_id: str
    checklists: list[StageShape]
    status_post_ids: list[str]
    status_posts: list[StatusPostShape]
    reminder_post_id: str
    previous_reminder: int
    broadcast_channel_id: str
    reminder_message_template: str
    is_practice: bool
    is_imported: bool


class IncidentListShape(msgspec.Struct, kw_only=True):
    """A page of incidents; `total_count` is over all pages."""

    total_count: int
    page_count: int
    has_more: bool
    items: list[IncidentShape]


class MetadataShape(msgspec.Struct, kw_only=True):
    """What surrounds an incident. `is_member` is told only if its channel has no name: none can enter it."""

    channel_name: str
    channel_display_name: str
    team_name: str
    num_members: int
    total_posts: int
    is_member: bool | msgspec.UnsetType = msgspec.UNSET


class CommanderShape(msgspec.Struct, kw_only=True):
    """Somebody who leads, or led, an incident."""

    user_id: str
    username: str


class NewIncidentBody(msgspec.Struct, kw_only=True):
    """An incident to be started. What only the server can know must not be given."""

    name: str | None = None
    description: str | None = None
    commander_user_id: str | None = None
    team_id: str | None = None
    playbook_id: str | None = None
    post_id: str | None = None
    active_stage: int | None = None
    broadcast_channel_id: str | None = None
    id: str | None = None
    channel_id: str | None = None
    create_at: int | None = None
    end_at: int | None = None

    @property
    def says_too_much(self) -> bool:
        return bool(self.id or self.channel_id or self.create_at or self.end_at)


def incident_shape(incident: Incident) -> IncidentShape:
    """An incident as it goes out."""
    in_range = 0 <= incident.active_stage < len(incident.stages)
    active_stage = incident.active_stage if in_range else 0
    return IncidentShape(
        id=incident.id,
        name=incident.name,
        description=incident.description,
        is_active=incident.is_active,
        commander_user_id=incident.commander_id,
        team_id=incident.team_id,
        channel_id=incident.channel_id,
        create_at=incident.create_at,
        end_at=incident.end_at,
        delete_at=0,
        active_stage=active_stage if incident.stages else _NO_STAGE,
        active_stage_title=incident.active_stage_title,
        post_id=incident.post_id,
        playbook_id=incident.playbook_id,
        checklists=[_stage(stage) for stage in incident.stages],
        status_post_ids=[shown_id(post.id) for post in incident.status_posts],
        status_posts=[_status_post(post) for post in incident.status_posts],
        reminder_post_id=shown_id(incident.reminder_post_id),
        previous_reminder=incident.previous_reminder_s * _SECOND_NS,
        broadcast_channel_id=incident.broadcast_channel_id,
        reminder_message_template=incident.reminder_message_template,
        is_practice=incident.is_practice,
        is_imported=incident.is_imported,
    )


def incident_list_shape(listed: Listed[Incident]) -> IncidentListShape:
    """A page of incidents as it goes out."""
    return IncidentListShape(
        total_count=listed.total,
        page_count=listed.page_count,
        has_more=listed.has_more,
        items=[incident_shape(incident) for incident in listed.items],
    )


def metadata_shape(metadata: Metadata) -> MetadataShape:
    """What surrounds an incident, as it goes out."""
    return MetadataShape(
        channel_name=metadata.channel_name,
        channel_display_name=metadata.channel_display_name,
        team_name=metadata.team_name,
        num_members=metadata.num_members,
        total_posts=metadata.total_posts,
        is_member=msgspec.UNSET if metadata.channel_name else metadata.is_member,
    )


def commander_shape(user: User) -> CommanderShape:
    """A commander as they go out."""
    return CommanderShape(user_id=user.id, username=user.username)


def _stage(stage: Stage) -> StageShape:
    return StageShape(id=stage.id, title=stage.title, items=[_task(task) for task in stage.tasks])


def _task(task: Task) -> TaskShape:
    return TaskShape(
        id=task.id,
        title=task.title,
        state=task.state.value,
        state_modified=task.state_modified,
        state_modified_post_id=shown_id(task.state_modified_post_id),
        assignee_id=task.assignee_id,
        assignee_modified=task.assignee_modified,
        assignee_modified_post_id=shown_id(task.assignee_modified_post_id),
        command=task.command,
        command_last_run=task.command_last_run,
        description=task.description,
    )


def _status_post(post: StatusPost) -> StatusPostShape:
    return StatusPostShape(id=shown_id(post.id), create_at=post.create_at, delete_at=post.delete_at)
