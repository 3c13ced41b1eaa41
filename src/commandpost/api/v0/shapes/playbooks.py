"""Playbooks as v0 takes and sends them."""

import msgspec

from commandpost.api.v0.shapes.incidents import StageShape, TaskShape
from commandpost.incidents.model.listing import Listed
from commandpost.incidents.model.playbook import (
    Playbook,
    PlaybookContent,
    PlaybookStage,
    PlaybookSummary,
    PlaybookTask,
)
from commandpost.incidents.model.task import task_state


class PlaybookTaskBody(msgspec.Struct, kw_only=True):
    """A task of a playbook."""

    id: str | None = None
    title: str | None = None
    description: str | None = None
    command: str | None = None
    state: str | None = None
    assignee_id: str | None = None


class PlaybookStageBody(msgspec.Struct, kw_only=True):
    """A stage of a playbook."""

    id: str | None = None
    title: str | None = None
    items: list[PlaybookTaskBody] | None = None


class PlaybookBody(msgspec.Struct, kw_only=True):
    """A playbook, whole: what is left out is empty."""

    id: str | None = None
    title: str | None = None
    description: str | None = None
    team_id: str | None = None
    create_public_incident: bool | None = None
    checklists: list[PlaybookStageBody] | None = None
    member_ids: list[str] | None = None
    broadcast_channel_id: str | None = None
    reminder_message_template: str | None = None
    reminder_timer_default_seconds: int | None = None

    def content(self) -> PlaybookContent:
        """What an editor decides. Raises TaskStateUnknown."""
        return PlaybookContent(
            team_id=self.team_id or "",
            title=self.title or "",
            description=self.description or "",
            create_public_incident=self.create_public_incident or False,
            stages=tuple(_stage_of(stage) for stage in self.checklists or ()),
            member_ids=tuple(self.member_ids or ()),
            broadcast_channel_id=self.broadcast_channel_id or "",
            reminder_message_template=self.reminder_message_template or "",
            reminder_timer_default_s=self.reminder_timer_default_seconds or 0,
        )


class PlaybookShape(msgspec.Struct, kw_only=True):
    """A playbook. In a list it has no stages, members, broadcast and reminder."""

    id: str
    title: str
    description: str
    team_id: str
    create_public_incident: bool
    create_at: int
    delete_at: int
    num_stages: int
    num_steps: int
    checklists: list[StageShape]
    member_ids: list[str]
    broadcast_channel_id: str
    reminder_message_template: str
    reminder_timer_default_seconds: int


class PlaybookListShape(msgspec.Struct, kw_only=True):
    """A page of playbooks; `total_count` is over all pages."""

    total_count: int
    page_count: int
    has_more: bool
    items: list[PlaybookShape]


class CreatedShape(msgspec.Struct, kw_only=True):
    """What was created."""

    id: str


def playbook_shape(playbook: Playbook) -> PlaybookShape:
    """A playbook as it goes out."""
    content = playbook.content
    return PlaybookShape(
        id=playbook.id,
        title=content.title,
        description=content.description,
        team_id=content.team_id,
        create_public_incident=content.create_public_incident,
        create_at=playbook.create_at,
        delete_at=playbook.delete_at,
        num_stages=len(content.stages),
        num_steps=content.num_tasks,
        checklists=[_stage_shape(stage) for stage in content.stages],
        member_ids=list(content.member_ids),
        broadcast_channel_id=content.broadcast_channel_id,
        reminder_message_template=content.reminder_message_template,
        reminder_timer_default_seconds=content.reminder_timer_default_s,
    )


def playbook_list_shape(listed: Listed[PlaybookSummary]) -> PlaybookListShape:
    """A page of playbooks as it goes out."""
    return PlaybookListShape(
        total_count=listed.total,
        page_count=listed.page_count,
        has_more=listed.has_more,
        items=[_summary_shape(summary) for summary in listed.items],
    )


def _summary_shape(summary: PlaybookSummary) -> PlaybookShape:
    return PlaybookShape(
        id=summary.id,
        title=summary.title,
        description=summary.description,
        team_id=summary.team_id,
        create_public_incident=summary.create_public_incident,
        create_at=summary.create_at,
        delete_at=0,
        num_stages=summary.num_stages,
        num_steps=summary.num_tasks,
        checklists=[],
        member_ids=[],
        broadcast_channel_id="",
        reminder_message_template="",
        reminder_timer_default_seconds=0,
    )


def _stage_of(body: PlaybookStageBody) -> PlaybookStage:
    return PlaybookStage(
        id=body.id or "",
        title=body.title or "",
        tasks=tuple(_task_of(task) for task in body.items or ()),
    )


def _task_of(body: PlaybookTaskBody) -> PlaybookTask:
    return PlaybookTask(
        id=body.id or "",
        title=body.title or "",
        description=body.description or "",
        command=body.command or "",
        state=task_state(body.state or ""),
        assignee_id=body.assignee_id or "",
    )


def _stage_shape(stage: PlaybookStage) -> StageShape:
    return StageShape(id=stage.id, title=stage.title, items=[_task_shape(task) for task in stage.tasks])


def _task_shape(task: PlaybookTask) -> TaskShape:
    return TaskShape(
        id=task.id,
        title=task.title,
        state=task.state.value,
        state_modified=0,
        state_modified_post_id="",
        assignee_id=task.assignee_id,
        assignee_modified=0,
        assignee_modified_post_id="",
        command=task.command,
        command_last_run=0,
        description=task.description,
    )
