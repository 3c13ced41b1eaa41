"""Routes of who is in an incident."""

import msgspec

from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.refusals import undecodable_as
from commandpost.api.v0.route import delete, get, post
from commandpost.incidents.actions import belonging
from commandpost.incidents.actions.belonging import People


class MembersShape(msgspec.Struct, kw_only=True):
    """The ids of everybody who is in an incident.

    `are_kept_here`: they are added and removed by these routes, as the incident has no channel to enter.
    """

    user_ids: list[str]
    are_kept_here: bool


class MemberBody(msgspec.Struct, kw_only=True):
    """Whom to add."""

    user_id: str


@get("/incidents/{incident_id:str}/members")
async def list_members(call: IncidentCall, incident_id: str) -> MembersShape:
    """Who is in an incident."""
    async with call.desks.reading() as desk:
        return _shape(await belonging.listed(desk, call.actor, incident_id))


@post(
    "/incidents/{incident_id:str}/members",
    status_code=200,
    exception_handlers=undecodable_as("unable to decode member"),
)
async def add_member(call: IncidentCall, incident_id: str, data: MemberBody) -> MembersShape:
    """Add somebody of the team to an incident that has no channel to enter, or enter it oneself.

    409 where it has one: there the chat adds people.
    """
    async with call.desks.writing() as desk:
        return _shape(await belonging.add(desk, call.actor, incident_id, data.user_id))


@delete("/incidents/{incident_id:str}/members/{user_id:str}", status_code=200)
async def remove_member(call: IncidentCall, incident_id: str, user_id: str) -> MembersShape:
    """Remove somebody from an incident that has no channel to enter, or leave it oneself.

    409 where it has one.
    """
    async with call.desks.writing() as desk:
        return _shape(await belonging.remove(desk, call.actor, incident_id, user_id))


def _shape(people: People) -> MembersShape:
    return MembersShape(user_ids=list(people.user_ids), are_kept_here=people.are_kept_here)


ROUTES = (list_members, add_member, remove_member)
