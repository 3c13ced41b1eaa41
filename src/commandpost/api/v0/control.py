"""What the buttons of a control post press: see `incidents.actions.control`."""

from collections.abc import Awaitable, Callable

from litestar import MediaType, Response

from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.dialogs import ButtonBody
from commandpost.api.v0.refusals import undecodable_as
from commandpost.api.v0.route import post
from commandpost.incidents.actions import control
from commandpost.incidents.ports import Actor, Desk

_NO_PRESS = "missing request data"


@post(
    "/incidents/{incident_id:str}/control/update",
    status_code=200,
    exception_handlers=undecodable_as(_NO_PRESS),
)
async def press_control_update(call: IncidentCall, incident_id: str, data: ButtonBody) -> Response[None]:
    """Show the dialog for a status update to whoever pressed."""
    return await _asked(call, incident_id, data, control.press_update)


@post(
    "/incidents/{incident_id:str}/control/end",
    status_code=200,
    exception_handlers=undecodable_as(_NO_PRESS),
)
async def press_control_end(call: IncidentCall, incident_id: str, data: ButtonBody) -> Response[None]:
    """Show the dialog that ends the incident to whoever pressed."""
    return await _asked(call, incident_id, data, control.press_end)


@post(
    "/incidents/{incident_id:str}/control/stage",
    status_code=200,
    exception_handlers=undecodable_as(_NO_PRESS),
)
async def press_control_stage(call: IncidentCall, incident_id: str, data: ButtonBody) -> Response[None]:
    """Go to the next stage, after a dialog if tasks of the active one are open."""
    async with call.desks.writing() as desk:
        await control.press_stage(desk, call.actor, incident_id, data.trigger_id or "")
    return _done()


@post(
    "/incidents/{incident_id:str}/control/tick/{task_id:str}",
    status_code=200,
    exception_handlers=undecodable_as(_NO_PRESS),
)
async def press_control_tick(
    call: IncidentCall, incident_id: str, task_id: str, data: ButtonBody
) -> Response[None]:
    """Tick a task."""
    async with call.desks.writing() as desk:
        await control.press_tick(desk, call.actor, incident_id, task_id)
    return _done()


@post(
    "/incidents/{incident_id:str}/control/restart",
    status_code=200,
    exception_handlers=undecodable_as(_NO_PRESS),
)
async def press_control_restart(call: IncidentCall, incident_id: str, data: ButtonBody) -> Response[None]:
    """Make an ended incident ongoing again."""
    async with call.desks.writing() as desk:
        await control.press_restart(desk, call.actor, incident_id)
    return _done()


async def _asked(
    call: IncidentCall,
    incident_id: str,
    data: ButtonBody,
    ask: Callable[[Desk, Actor, str, str], Awaitable[None]],
) -> Response[None]:
    async with call.desks.reading() as desk:
        await ask(desk, call.actor, incident_id, data.trigger_id or "")
    return _done()


def _done() -> Response[None]:
    return Response(None, status_code=200, media_type=MediaType.JSON)


ROUTES = (
    press_control_update,
    press_control_end,
    press_control_stage,
    press_control_tick,
    press_control_restart,
)
