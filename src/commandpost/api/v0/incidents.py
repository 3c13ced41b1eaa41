"""Routes of one incident: started, looked at, moved through its stages, ended. Lists are in `listing`."""

import msgspec
from litestar import MediaType, Response

from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.refusals import forbidden_as, undecodable_as
from commandpost.api.v0.route import get, patch, post, put
from commandpost.api.v0.shapes.incidents import (
    IncidentShape,
    MetadataShape,
    NewIncidentBody,
    incident_shape,
    metadata_shape,
)
from commandpost.api.v0.shapes.links import LinksShape, links_shape
from commandpost.api.v0.shapes.review import ReviewShape, review_shape
from commandpost.api.v0.shapes.timeline import TimelineShape, timeline_shape
from commandpost.incidents.actions import (
    access,
    commander,
    details,
    end,
    links,
    review,
    stages,
    start,
    status,
)
from commandpost.incidents.actions.start import NewIncident
from commandpost.incidents.model.listing import Direction, Page
from commandpost.incidents.model.status_update import StatusUpdate
from commandpost.kernel.errors import Invalid

LOCATION = "/api/v0/incidents/{id}"

_NOT_CREATED = "unable to create incident"


class PatchBody(msgspec.Struct, kw_only=True):
    """What of an incident is to be changed; null or nothing leaves it as it is."""

    active_stage: int | None = None


class CommanderBody(msgspec.Struct, kw_only=True):
    """Who is to lead."""

    commander_id: str | None = None


class StatusBody(msgspec.Struct, kw_only=True):
    """A status update, and after how many seconds the next is due; 0 for no reminder."""

    message: str | None = None
    reminder: int | None = None


@post("/incidents", exception_handlers=undecodable_as("unable to decode incident"))
async def create_incident(call: IncidentCall, data: NewIncidentBody) -> Response[IncidentShape]:
    """Start an incident, from a playbook or blank."""
    if data.says_too_much or not data.team_id or not data.commander_user_id:
        raise Invalid(_NOT_CREATED)
    new = NewIncident(
        name=data.name or "",
        description=data.description or "",
        team_id=data.team_id,
        commander_id=data.commander_user_id,
        playbook_id=data.playbook_id or "",
        post_id=data.post_id or "",
        active_stage=data.active_stage or 0,
        broadcast_channel_id=data.broadcast_channel_id or "",
    )
    async with call.desks.writing() as desk:
        with forbidden_as(_NOT_CREATED):
            incident = await start.start(desk, call.actor, new)
    headers = {"Location": LOCATION.format(id=incident.id)}
    return Response(incident_shape(incident), status_code=201, headers=headers, media_type=MediaType.JSON)


@get("/incidents/{incident_id:str}")
async def get_incident(call: IncidentCall, incident_id: str) -> IncidentShape:
    """One incident."""
    async with call.desks.reading() as desk:
        with forbidden_as("User doesn't have permissions to incident."):
            return incident_shape(await details.view(desk, call.actor, incident_id))


@get("/incidents/channel/{channel_id:str}")
async def get_incident_of_channel(call: IncidentCall, channel_id: str) -> IncidentShape:
    """The incident of a channel."""
    async with call.desks.reading() as desk:
        return incident_shape(await details.view_by_channel(desk, call.actor, channel_id))


@get("/incidents/{incident_id:str}/metadata")
async def get_incident_metadata(call: IncidentCall, incident_id: str) -> MetadataShape:
    """What surrounds an incident: its channel, team, people and messages."""
    async with call.desks.reading() as desk:
        return metadata_shape(await details.metadata(desk, call.actor, incident_id))


@get("/incidents/{incident_id:str}/timeline")
async def get_incident_timeline(
    call: IncidentCall,
    incident_id: str,
    kind: list[str] | None = None,
    page: int = 0,
    per_page: int = 0,
    direction: Direction = Direction.ASC,
) -> TimelineShape:
    """A page of everything that happened in an incident, of the kinds named or of all."""
    async with call.desks.reading() as desk:
        listed = await details.timeline(
            desk,
            call.actor,
            incident_id,
            kinds=kind or (),
            direction=direction,
            page=Page(number=page, size=per_page),
        )
    return timeline_shape(listed)


@get("/incidents/{incident_id:str}/links")
async def get_incident_links(call: IncidentCall, incident_id: str) -> LinksShape:
    """What integrations made for an incident in tools outside, such as tickets and meetings, oldest first."""
    async with call.desks.reading() as desk:
        return links_shape(await links.listed(desk, call.actor, incident_id))


@get("/incidents/{incident_id:str}/review")
async def get_incident_review(call: IncidentCall, incident_id: str) -> ReviewShape:
    """How an incident went: stages, people, gaps with their causes, what was other than planned."""
    async with call.desks.reading() as desk:
        return review_shape(await review.review(desk, call.actor, incident_id))


@patch("/incidents/{incident_id:str}", exception_handlers=undecodable_as("unable to decode payload"))
async def patch_incident(call: IncidentCall, incident_id: str, data: PatchBody) -> IncidentShape:
    """Make another stage the active one."""
    if data.active_stage is None:
        async with call.desks.reading() as desk:
            return incident_shape(await access.opened(desk, call.actor, incident_id))
    async with call.desks.writing() as desk:
        return incident_shape(await stages.change(desk, call.actor, incident_id, data.active_stage))


@post(
    "/incidents/{incident_id:str}/status",
    status_code=200,
    media_type=MediaType.TEXT,
    exception_handlers=undecodable_as("unable to decode payload"),
)
async def post_status(call: IncidentCall, incident_id: str, data: StatusBody) -> str:
    """Post a status update: what its dialog does, for programs. One that says nothing is refused."""
    message = data.message or ""
    if not message.strip():
        raise Invalid("A status update needs a message.")
    update = StatusUpdate(message=message, remind_after_s=data.reminder or 0)
    async with call.desks.writing() as desk:
        await status.update(desk, call.actor, incident_id, update)
    return ""


@put("/incidents/{incident_id:str}/end", media_type=MediaType.TEXT)
async def put_end(call: IncidentCall, incident_id: str) -> str:
    """End an incident."""
    return await _end(call, incident_id)


@post("/incidents/{incident_id:str}/end", status_code=200, media_type=MediaType.TEXT)
async def post_end(call: IncidentCall, incident_id: str) -> str:
    """End an incident: what its confirmation dialog is submitted to."""
    return await _end(call, incident_id)


@put("/incidents/{incident_id:str}/restart", media_type=MediaType.TEXT)
async def restart_incident(call: IncidentCall, incident_id: str) -> str:
    """Make an ended incident ongoing again."""
    async with call.desks.writing() as desk:
        await end.restart(desk, call.actor, incident_id)
    return ""


@post(
    "/incidents/{incident_id:str}/commander",
    status_code=200,
    media_type=MediaType.TEXT,
    exception_handlers=undecodable_as("could not decode request body"),
)
async def change_commander(call: IncidentCall, incident_id: str, data: CommanderBody) -> str:
    """Make a member of the channel the commander."""
    async with call.desks.writing() as desk:
        await commander.change(desk, call.actor, incident_id, data.commander_id or "")
    return ""


async def _end(call: IncidentCall, incident_id: str) -> str:
    async with call.desks.writing() as desk:
        await end.end(desk, call.actor, incident_id)
    return ""


ROUTES = (
    create_incident,
    get_incident,
    get_incident_of_channel,
    get_incident_metadata,
    get_incident_timeline,
    get_incident_links,
    get_incident_review,
    patch_incident,
    post_status,
    put_end,
    post_end,
    restart_incident,
    change_commander,
)
