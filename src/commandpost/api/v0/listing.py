"""Routes that list a team's incidents, and what they ask for.

Two routes name the same parameters, for the OpenAPI document: a dependency that both share would cost a
sixth of a request's time.
"""

from typing import TypeVar

from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.refusals import forbidden_as, invalid_as
from commandpost.api.v0.route import get
from commandpost.api.v0.shapes.incidents import (
    CommanderShape,
    IncidentListShape,
    commander_shape,
    incident_list_shape,
)
from commandpost.incidents.actions import details
from commandpost.incidents.actions.details import Asked
from commandpost.incidents.model.listing import (
    END_OF_TIME,
    Direction,
    IncidentFilter,
    IncidentSort,
    Page,
    Status,
)
from commandpost.kernel.clock import Millis
from commandpost.kernel.errors import Invalid

_BAD = "Bad parameter"
_NOT_PERMITTED = "permissions error"

Choice = TypeVar("Choice", IncidentSort, Direction, Status)


@get("/incidents")
async def list_incidents(
    call: IncidentCall,
    team_id: str = "",
    page: str = "",
    per_page: str = "",
    sort: str = "",
    direction: str = "",
    status: str = "",
    commander_user_id: str = "",
    member_id: str = "",
    search_term: str = "",
    playbook_id: str = "",
    started_from: str = "",
    started_before: str = "",
) -> IncidentListShape:
    """A page of a team's incidents: those of the caller's channels, and those in public channels.

    `playbook_id`, `started_from` and `started_before` (milliseconds) are filters of our own.
    """
    asked = _asked(call)
    async with call.desks.reading() as desk:
        with forbidden_as(_NOT_PERMITTED):
            return incident_list_shape(await details.listed(desk, call.actor, asked))


@get("/incidents/channels")
async def list_incident_channels(
    call: IncidentCall,
    team_id: str = "",
    page: str = "",
    per_page: str = "",
    sort: str = "",
    direction: str = "",
    status: str = "",
    commander_user_id: str = "",
    member_id: str = "",
    search_term: str = "",
    playbook_id: str = "",
    started_from: str = "",
    started_before: str = "",
) -> list[str]:
    """The channels' ids of what `/incidents` would list."""
    asked = _asked(call)
    async with call.desks.reading() as desk:
        with forbidden_as(_NOT_PERMITTED):
            return list(await details.channel_ids(desk, call.actor, asked))


@get("/incidents/commanders")
async def list_commanders(call: IncidentCall, team_id: str = "") -> list[CommanderShape]:
    """Everybody who leads, or led, an incident of the team that the caller may see."""
    if not team_id:
        raise Invalid(f"{_BAD}: team_id")
    async with call.desks.reading() as desk:
        with forbidden_as(_NOT_PERMITTED):
            found = await details.commanders(desk, call.actor, team_id)
    return [commander_shape(user) for user in found]


def _asked(call: IncidentCall) -> Asked:
    with invalid_as(_BAD):
        if not call.query("team_id"):
            raise Invalid
        return Asked(
            wanted=IncidentFilter(
                team_id=call.query("team_id"),
                status=_choice(call, "status", Status.ALL),
                commander_id=call.query("commander_user_id"),
                member_id=call.query("member_id").lower(),
                search=call.query("search_term"),
                playbook_id=call.query("playbook_id"),
                started_from=Millis(_number(call, "started_from")),
                started_before=Millis(_number(call, "started_before") or END_OF_TIME),
            ),
            sort=_choice(call, "sort", IncidentSort.CREATE_AT),
            direction=_choice(call, "direction", Direction.ASC),
            page=Page(number=_number(call, "page"), size=_number(call, "per_page")),
        )


def _choice(call: IncidentCall, name: str, default: Choice) -> Choice:
    text = call.query(name).lower()
    if not text:
        return default
    try:
        return type(default)(text)
    except ValueError as cause:
        raise Invalid from cause


def _number(call: IncidentCall, name: str) -> int:
    text = call.query(name)
    try:
        return int(text) if text else 0
    except ValueError as cause:
        raise Invalid from cause


ROUTES = (list_incidents, list_incident_channels, list_commanders)
