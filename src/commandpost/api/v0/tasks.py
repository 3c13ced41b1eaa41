"""Routes of an incident's tasks, which are addressed by their positions.

`item_id` may be added to each: the task of that id is meant, wherever others have moved it.
"""

from typing import Annotated, TypeAlias

import msgspec
from litestar import MediaType
from litestar.params import QueryParameter

from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.refusals import undecodable_as
from commandpost.api.v0.route import delete, post, put
from commandpost.incidents.actions import run, tasks
from commandpost.incidents.model.ids import TaskId
from commandpost.incidents.model.incident import Place
from commandpost.incidents.model.task import NewTask, task_state

_STAGE = "/incidents/{incident_id:str}/checklists/{stage_position:str}"
_TASK = _STAGE + "/item/{task_position:str}"

_Meant: TypeAlias = Annotated[
    str,
    QueryParameter(
        name="item_id",
        description="The id of the task that is meant: if others have moved it, it is found where it stands "
        "now; if it is gone, the answer is 409.",
    ),
]


class NewTaskBody(msgspec.Struct, kw_only=True):
    """A task to be added."""

    title: str | None = None
    description: str | None = None
    command: str | None = None
    state: str | None = None
    assignee_id: str | None = None


class MoveBody(msgspec.Struct, kw_only=True):
    """A task's position, and the one it is to have once it is taken out."""

    item_num: int | None = None
    new_location: int | None = None


class EditBody(msgspec.Struct, kw_only=True):
    """A task's title and command; what is left out is empty afterwards."""

    title: str | None = None
    command: str | None = None


class StateBody(msgspec.Struct, kw_only=True):
    """A task's state: "", "in_progress" or "closed"."""

    new_state: str | None = None


class AssigneeBody(msgspec.Struct, kw_only=True):
    """Whose task it is; "" is nobody's."""

    assignee_id: str | None = None


class Nothing(msgspec.Struct):
    """An empty object: it is done."""


class RunShape(msgspec.Struct, kw_only=True):
    """By this id the caller's client knows the dialog that the command opened, if it did."""

    trigger_id: str


@put(
    _STAGE + "/add",
    status_code=201,
    media_type=MediaType.TEXT,
    exception_handlers=undecodable_as("failed to decode ChecklistItem"),
)
async def add_task(call: IncidentCall, incident_id: str, stage_position: str, data: NewTaskBody) -> str:
    """Add a task at the end of a stage."""
    new = NewTask(
        title=data.title or "",
        description=data.description or "",
        command=data.command or "",
        state=task_state(data.state or ""),
        assignee_id=data.assignee_id or "",
    )
    async with call.desks.writing() as desk:
        await tasks.add(desk, call.actor, incident_id, int(stage_position), new)
    return ""


@put(
    _STAGE + "/reorder",
    media_type=MediaType.TEXT,
    exception_handlers=undecodable_as("failed to unmarshal edit params"),
)
async def move_task(
    call: IncidentCall, incident_id: str, stage_position: str, data: MoveBody, item_id: _Meant = ""
) -> str:
    """Move a task within its stage."""
    place = Place(stage=int(stage_position), task=data.item_num or 0, meant=_meant(item_id))
    async with call.desks.writing() as desk:
        await tasks.move(desk, call.actor, incident_id, place, data.new_location or 0)
    return ""


@put(
    _TASK,
    media_type=MediaType.TEXT,
    exception_handlers=undecodable_as("failed to unmarshal edit params state"),
)
async def edit_task(
    call: IncidentCall,
    incident_id: str,
    stage_position: str,
    task_position: str,
    data: EditBody,
    item_id: _Meant = "",
) -> str:
    """Set a task's title and command, both together."""
    place = _place(stage_position, task_position, item_id)
    async with call.desks.writing() as desk:
        await tasks.edit(
            desk, call.actor, incident_id, place, title=data.title or "", command=data.command or ""
        )
    return ""


@delete(_TASK)
async def remove_task(
    call: IncidentCall, incident_id: str, stage_position: str, task_position: str, item_id: _Meant = ""
) -> None:
    """Delete a task."""
    async with call.desks.writing() as desk:
        await tasks.remove(desk, call.actor, incident_id, _place(stage_position, task_position, item_id))


@put(_TASK + "/state", exception_handlers=undecodable_as("failed to unmarshal"))
async def put_task_state(
    call: IncidentCall,
    incident_id: str,
    stage_position: str,
    task_position: str,
    data: StateBody,
    item_id: _Meant = "",
) -> Nothing:
    """Tick a task, take the tick away, or take it up."""
    state = task_state(data.new_state or "")
    async with call.desks.writing() as desk:
        await tasks.put(desk, call.actor, incident_id, _place(stage_position, task_position, item_id), state)
    return Nothing()


@put(_TASK + "/assignee", exception_handlers=undecodable_as("failed to unmarshal"))
async def put_task_assignee(
    call: IncidentCall,
    incident_id: str,
    stage_position: str,
    task_position: str,
    data: AssigneeBody,
    item_id: _Meant = "",
) -> Nothing:
    """Give a task to a member of the channel, or to nobody."""
    place = _place(stage_position, task_position, item_id)
    async with call.desks.writing() as desk:
        await tasks.assign(desk, call.actor, incident_id, place, data.assignee_id or "")
    return Nothing()


@post(_TASK + "/run", status_code=200)
async def run_task(
    call: IncidentCall, incident_id: str, stage_position: str, task_position: str, item_id: _Meant = ""
) -> RunShape:
    """Run a task's slash command as the caller, in the incident's channel."""
    place = _place(stage_position, task_position, item_id)
    answer = await run.run(call.desks, call.commands, call.actor, incident_id, place)
    return RunShape(trigger_id=answer.trigger_id)


def _place(stage_position: str, task_position: str, item_id: str) -> Place:
    return Place(stage=int(stage_position), task=int(task_position), meant=_meant(item_id))


def _meant(item_id: str) -> TaskId | None:
    return TaskId(item_id) if item_id else None


ROUTES = (
    add_task,
    move_task,
    edit_task,
    remove_task,
    put_task_state,
    put_task_assignee,
    run_task,
)
