"""Routes of a team's dashboard: what its incidents say together, as JSON and as tables.

Every route names the same parameters, for the OpenAPI document: see `listing`.
"""

from litestar import Response

from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.refusals import forbidden_as, invalid_as
from commandpost.api.v0.route import get
from commandpost.api.v0.shapes.dashboard import (
    LoadShape,
    TimesOfShape,
    ToDoShape,
    load_shape,
    times_of_shape,
    to_do_shape,
)
from commandpost.incidents.actions import dashboard
from commandpost.incidents.actions.dashboard import LoadOf, TimesOf, ToDoOf
from commandpost.incidents.model.dashboard.tables import follow_ups_csv, load_csv, times_csv
from commandpost.incidents.model.listing import END_OF_TIME, IncidentFilter
from commandpost.kernel.clock import Millis
from commandpost.kernel.errors import Invalid

_BAD = "Bad parameter"
_NOT_PERMITTED = "permissions error"
_SHOWN_FOLLOW_UPS = 200
_SHOWN_PEOPLE = 100
_MOST_FOLLOW_UPS = 10_000


@get("/dashboard/times")
async def get_dashboard_times(
    call: IncidentCall,
    team_id: str = "",
    playbook_id: str = "",
    started_from: str = "",
    started_before: str = "",
    timezone: str = "",
) -> TimesOfShape:
    """How long a team's incidents took, by playbook and month.

    Of those that the caller may see, without rehearsals; started between two moments, in milliseconds.
    """
    return times_of_shape(await _times(call, timezone))


@get("/dashboard/times/csv", media_type="text/csv")
async def export_dashboard_times(
    call: IncidentCall,
    team_id: str = "",
    playbook_id: str = "",
    started_from: str = "",
    started_before: str = "",
    timezone: str = "",
) -> Response[str]:
    """The same as a table: a line for each figure, of all, of months, and of playbooks."""
    told = await _times(call, timezone)
    return _table("times", times_csv(told.summary, told.titles))


@get("/dashboard/follow_ups")
async def get_dashboard_follow_ups(
    call: IncidentCall,
    team_id: str = "",
    playbook_id: str = "",
    started_from: str = "",
    started_before: str = "",
    timezone: str = "",
) -> ToDoShape:
    """What is left to do after a team's incidents: the 200 follow-ups due first, and how many there are."""
    return to_do_shape(await _to_do(call, timezone, limit=_SHOWN_FOLLOW_UPS))


@get("/dashboard/follow_ups/csv", media_type="text/csv")
async def export_dashboard_follow_ups(
    call: IncidentCall,
    team_id: str = "",
    playbook_id: str = "",
    started_from: str = "",
    started_before: str = "",
    timezone: str = "",
) -> Response[str]:
    """Open follow-ups as a table, a line each; 10,000 at most."""
    told = await _to_do(call, timezone, limit=_MOST_FOLLOW_UPS)
    return _table("follow-ups", follow_ups_csv(told.follow_ups, told.titles, told.usernames, told.zone))


@get("/dashboard/load")
async def get_dashboard_load(
    call: IncidentCall,
    team_id: str = "",
    playbook_id: str = "",
    started_from: str = "",
    started_before: str = "",
    timezone: str = "",
) -> LoadShape:
    """How much people did in a team's incidents in each hour of the day; the 100 who did most."""
    return load_shape(await _load(call, timezone), most_people=_SHOWN_PEOPLE)


@get("/dashboard/load/csv", media_type="text/csv")
async def export_dashboard_load(
    call: IncidentCall,
    team_id: str = "",
    playbook_id: str = "",
    started_from: str = "",
    started_before: str = "",
    timezone: str = "",
) -> Response[str]:
    """The same as a table, a line for each person."""
    told = await _load(call, timezone)
    return _table("load", load_csv(told.load, told.usernames))


async def _times(call: IncidentCall, zone: str) -> TimesOf:
    wanted = _wanted(call)
    async with call.desks.reading() as desk:
        with forbidden_as(_NOT_PERMITTED):
            return await dashboard.times(desk, call.actor, wanted, zone=zone)


async def _to_do(call: IncidentCall, zone: str, *, limit: int) -> ToDoOf:
    wanted = _wanted(call)
    async with call.desks.reading() as desk:
        with forbidden_as(_NOT_PERMITTED):
            return await dashboard.to_do(desk, call.actor, wanted, zone=zone, limit=limit)


async def _load(call: IncidentCall, zone: str) -> LoadOf:
    wanted = _wanted(call)
    async with call.desks.reading() as desk:
        with forbidden_as(_NOT_PERMITTED):
            return await dashboard.load(desk, call.actor, wanted, zone=zone)


def _wanted(call: IncidentCall) -> IncidentFilter:
    with invalid_as(_BAD):
        if not call.query("team_id"):
            raise Invalid
        return IncidentFilter(
            team_id=call.query("team_id"),
            playbook_id=call.query("playbook_id"),
            started_from=_moment(call, "started_from"),
            started_before=_moment(call, "started_before") or END_OF_TIME,
        )


def _moment(call: IncidentCall, name: str) -> Millis:
    try:
        return Millis(int(call.query(name) or 0))
    except ValueError as cause:
        raise Invalid from cause


def _table(name: str, text: str) -> Response[str]:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return Response(text, headers=headers, media_type="text/csv")


ROUTES = (
    get_dashboard_times,
    export_dashboard_times,
    get_dashboard_follow_ups,
    export_dashboard_follow_ups,
    get_dashboard_load,
    export_dashboard_load,
)
