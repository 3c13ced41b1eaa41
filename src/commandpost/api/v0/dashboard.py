"""Routes of a team's dashboard: what its incidents say together, as JSON and as tables."""

from litestar import Response

from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.refusals import forbidden_as, invalid_as
from commandpost.api.v0.route import get
from commandpost.api.v0.shapes.dashboard import DashboardShape, dashboard_shape
from commandpost.incidents.actions import dashboard
from commandpost.incidents.actions.dashboard import MOST_FOLLOW_UPS, Dashboard
from commandpost.incidents.model.dashboard.tables import follow_ups_csv, load_csv, times_csv
from commandpost.incidents.model.listing import END_OF_TIME, IncidentFilter
from commandpost.kernel.clock import Millis
from commandpost.kernel.errors import Invalid

_BAD = "Bad parameter"
_NOT_PERMITTED = "permissions error"
_SHOWN_FOLLOW_UPS = 200
_SHOWN_PEOPLE = 100


@get("/dashboard")
async def get_dashboard(
    call: IncidentCall,
    team_id: str = "",
    playbook_id: str = "",
    started_from: str = "",
    started_before: str = "",
    timezone: str = "",
) -> DashboardShape:
    """How long a team's incidents take, what is left to do after them, and who does how much at which hour.

    Of those that the caller may see, no rehearsals; the 200 follow-ups due first, the 100 busiest people.
    """
    told = await _told(call, timezone, most_follow_ups=_SHOWN_FOLLOW_UPS)
    return dashboard_shape(told, most_people=_SHOWN_PEOPLE)


@get("/dashboard/export/times", media_type="text/csv")
async def export_dashboard_times(
    call: IncidentCall,
    team_id: str = "",
    playbook_id: str = "",
    started_from: str = "",
    started_before: str = "",
    timezone: str = "",
) -> Response[str]:
    """The times as a table: a line for each figure, of all, of months, and of playbooks."""
    told = await _told(call, timezone, most_follow_ups=0)
    return _table("times", times_csv(told.summary, told.titles))


@get("/dashboard/export/follow_ups", media_type="text/csv")
async def export_dashboard_follow_ups(
    call: IncidentCall,
    team_id: str = "",
    playbook_id: str = "",
    started_from: str = "",
    started_before: str = "",
    timezone: str = "",
) -> Response[str]:
    """The open follow-ups as a table, a line each."""
    told = await _told(call, timezone, most_follow_ups=MOST_FOLLOW_UPS)
    return _table("follow-ups", follow_ups_csv(told.follow_ups, told.titles, told.usernames, told.zone))


@get("/dashboard/export/load", media_type="text/csv")
async def export_dashboard_load(
    call: IncidentCall,
    team_id: str = "",
    playbook_id: str = "",
    started_from: str = "",
    started_before: str = "",
    timezone: str = "",
) -> Response[str]:
    """Who did how much in which hour of the day, a line for each person."""
    told = await _told(call, timezone, most_follow_ups=0)
    return _table("load", load_csv(told.load, told.usernames))


async def _told(call: IncidentCall, zone: str, *, most_follow_ups: int) -> Dashboard:
    with invalid_as(_BAD):
        if not call.query("team_id"):
            raise Invalid
        wanted = IncidentFilter(
            team_id=call.query("team_id"),
            playbook_id=call.query("playbook_id"),
            started_from=Millis(_number(call, "started_from")),
            started_before=Millis(_number(call, "started_before") or END_OF_TIME),
        )
    async with call.desks.reading() as desk:
        with forbidden_as(_NOT_PERMITTED):
            return await dashboard.view(desk, call.actor, wanted, zone=zone, most_follow_ups=most_follow_ups)


def _number(call: IncidentCall, name: str) -> int:
    try:
        return int(call.query(name) or 0)
    except ValueError as cause:
        raise Invalid from cause


def _table(name: str, text: str) -> Response[str]:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return Response(text, headers=headers, media_type="text/csv")


ROUTES = (get_dashboard, export_dashboard_times, export_dashboard_follow_ups, export_dashboard_load)
