"""Where the product's dialogs are submitted, and what the buttons of a reminder press.

What is wrong with a field is an answer of 200 with `errors`, which keeps the dialog open.
"""

from typing import Any

import msgspec
from litestar import MediaType, Response
from litestar.openapi.datastructures import ResponseSpec

from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.errors import ErrorBody
from commandpost.api.v0.incidents import LOCATION
from commandpost.api.v0.refusals import undecodable_as
from commandpost.api.v0.route import ANSWERS, post
from commandpost.incidents.actions import access, reminders, stages, start, status
from commandpost.incidents.actions.access import IncidentUnknown
from commandpost.incidents.actions.start import ChannelNotAllowed, CommanderOutsideTeam, NewIncident
from commandpost.incidents.model.ids import IncidentId
from commandpost.incidents.model.naming import NameInvalid, NameTaken
from commandpost.incidents.model.reminder import reminder_seconds
from commandpost.incidents.model.status_update import StatusUpdate
from commandpost.incidents.permissions import Act, NotAuthorized
from commandpost.incidents.ports import Actor, Desk
from commandpost.kernel.errors import Invalid, Refusal

_UNDECODABLE = "failed to decode SubmitDialogRequest"
_NO_PRESS = "missing request data"
_NAME_FIELD = "incidentName"
_LONGEST_STAGE = 9


class DialogBody(msgspec.Struct, kw_only=True):
    """A dialog sent in."""

    state: str | None = None
    user_id: str | None = None
    channel_id: str | None = None
    team_id: str | None = None
    submission: dict[str, Any] | None = None

    def field(self, name: str) -> str:
        """What was entered in a field; "" if nothing. Raises Invalid for anything but a text."""
        value = (self.submission or {}).get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise Invalid(_UNDECODABLE)
        return value

    def required(self, name: str) -> str:
        """What was entered in a field that has to be there, if only empty. Raises Invalid."""
        if name not in (self.submission or {}):
            raise Invalid(_UNDECODABLE)
        return self.field(name)


class ButtonBody(msgspec.Struct, kw_only=True):
    """A button pressed; `trigger_id` is the proof that a dialog may be opened."""

    user_id: str | None = None
    channel_id: str | None = None
    trigger_id: str | None = None


_PRESS_ANSWERS = {
    **ANSWERS,
    403: ResponseSpec(
        ErrorBody | None, description="Not permitted, or unknown: null.", generate_examples=False
    ),
}


class FieldErrors(msgspec.Struct, kw_only=True):
    """What is wrong, by field."""

    errors: dict[str, str]


class _StartState(msgspec.Struct, kw_only=True):
    post_id: str | None = None
    client_id: str | None = None


_decode_state = msgspec.json.Decoder(_StartState).decode


@post("/incidents/dialog", exception_handlers=undecodable_as(_UNDECODABLE))
async def submit_start(call: IncidentCall, data: DialogBody) -> Response[Any]:
    """Start an incident as its dialog says; the caller is its commander."""
    new = _new_incident(call, data)
    try:
        async with call.desks.writing() as desk:
            incident = await start.start(desk, call.actor, new)
    except (ChannelNotAllowed, CommanderOutsideTeam, NameInvalid, NameTaken) as cause:
        return _wrong(_NAME_FIELD, cause)
    headers = {"Location": LOCATION.format(id=incident.id)}
    return Response("", status_code=201, headers=headers, media_type=MediaType.TEXT)


@post(
    "/incidents/{incident_id:str}/next-stage-dialog",
    status_code=200,
    media_type=MediaType.TEXT,
    exception_handlers=undecodable_as(_UNDECODABLE),
)
async def submit_next_stage(call: IncidentCall, incident_id: str, data: DialogBody) -> str:
    """Make the stage that the dialog was about the active one."""
    position = data.state or ""
    if not position.isascii() or not position.isdigit() or len(position) > _LONGEST_STAGE:
        raise Invalid("failed to parse stage index")
    async with call.desks.writing() as desk:
        await stages.change(desk, call.actor, incident_id, int(position))
    return ""


@post(
    "/incidents/{incident_id:str}/update-status-dialog",
    status_code=200,
    media_type=MediaType.TEXT,
    exception_handlers=undecodable_as(_UNDECODABLE),
)
async def submit_status(call: IncidentCall, incident_id: str, data: DialogBody) -> str:
    """Post a status update."""
    update = StatusUpdate(
        message=data.required("message"), remind_after_s=reminder_seconds(data.required("reminder"))
    )
    async with call.desks.writing() as desk:
        await status.update(desk, call.actor, incident_id, update)
    return ""


@post(
    "/incidents/{incident_id:str}/reminder/button-update",
    status_code=200,
    responses=_PRESS_ANSWERS,
    exception_handlers=undecodable_as(_NO_PRESS),
)
async def press_update(call: IncidentCall, incident_id: str, data: ButtonBody) -> Response[None]:
    """Show the dialog for a status update to whoever pressed the reminder's button."""
    async with call.desks.reading() as desk:
        pressed = await _pressed(desk, call.actor, incident_id, data, "error getting incident")
        if pressed is None:
            return _null(403)
        await status.open_dialog(desk, call.actor, pressed, data.trigger_id or "")
    return _null(200)


@post(
    "/incidents/{incident_id:str}/reminder/button-dismiss",
    status_code=200,
    responses=_PRESS_ANSWERS,
    exception_handlers=undecodable_as(_NO_PRESS),
)
async def press_dismiss(call: IncidentCall, incident_id: str, data: ButtonBody) -> Response[None]:
    """Take the reminder away."""
    async with call.desks.writing() as desk:
        unknown = "no incident for requestData's channelID"
        pressed = await _pressed(desk, call.actor, incident_id, data, unknown)
        if pressed is None:
            return _null(403)
        await reminders.dismiss(desk, call.actor, pressed)
    return _null(200)


async def _pressed(
    desk: Desk, who: Actor, incident_id: str, body: ButtonBody, unknown: str
) -> IncidentId | None:
    """The incident of the channel in which a button was pressed; None if another is said to have pressed it.

    The path only guards: the channel counts, as the original has it.
    """
    await access.opened(desk, who, incident_id)
    if body.user_id != who.user_id:
        return None
    try:
        incident = await access.opened_in_channel(desk, who, body.channel_id or "", Act.EDIT_INCIDENT)
    except (IncidentUnknown, NotAuthorized) as cause:
        raise Invalid(unknown) from cause
    return incident.id


def _new_incident(call: IncidentCall, body: DialogBody) -> NewIncident:
    if body.user_id != call.actor.user_id:
        raise Invalid("interactive dialog's userID must be the same as the requester's userID")
    try:
        state = _decode_state(body.state or "")
    except msgspec.MsgspecError as cause:
        raise Invalid("failed to unmarshal dialog state") from cause
    return NewIncident(
        name=body.field(_NAME_FIELD),
        description=body.field("incidentDescription"),
        team_id=body.team_id or "",
        commander_id=call.actor.user_id,
        playbook_id=body.field("playbookID"),
        post_id=state.post_id or "",
        client_id=state.client_id or "",
        told_in=body.channel_id or "",
    )


def _wrong(field: str, cause: Refusal) -> Response[FieldErrors]:
    return Response(FieldErrors(errors={field: cause.message}), status_code=200, media_type=MediaType.JSON)


def _null(status_code: int) -> Response[None]:
    return Response(None, status_code=status_code, media_type=MediaType.JSON)


ROUTES = (submit_start, submit_next_stage, submit_status, press_update, press_dismiss)
