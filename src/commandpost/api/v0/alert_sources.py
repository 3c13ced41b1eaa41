"""Routes with which those who manage a team say where its alerts come from, and what becomes of them."""

from litestar import Response

from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.route import delete, get, post, put
from commandpost.api.v0.shapes.alert_sources import (
    AlertSourceShape,
    NewSourceBody,
    SourceBody,
    TokenShape,
    alert_source_shape,
)
from commandpost.incidents.actions import alert_sources
from commandpost.incidents.model.alert import source_kind
from commandpost.kernel.errors import Invalid

_ONE = "/alert-sources/{alert_source_id:str}"


@get("/alert-sources")
async def list_alert_sources(call: IncidentCall, team_id: str = "") -> list[AlertSourceShape]:
    """The alert sources of a team, by name. For those who manage the team, and system administrators."""
    if not team_id:
        raise Invalid("Provide a team ID")
    async with call.desks.reading() as desk:
        found = await alert_sources.listed(desk, call.actor, team_id)
        return [alert_source_shape(one, site_url=desk.site_url) for one in found]


@post("/alert-sources")
async def create_alert_source(call: IncidentCall, data: NewSourceBody) -> Response[AlertSourceShape]:
    """Make an alert source; the answer alone has its token.

    The caller must manage the team and be allowed to start incidents from the playbook.
    """
    async with call.desks.writing() as desk:
        source, token = await alert_sources.create(
            desk, call.actor, data.team_id, source_kind(data.kind), data.wish()
        )
        shape = alert_source_shape(source, site_url=desk.site_url, token=token)
    return Response(shape, status_code=201)


@get(_ONE)
async def get_alert_source(call: IncidentCall, alert_source_id: str) -> AlertSourceShape:
    """One alert source."""
    async with call.desks.reading() as desk:
        source = await alert_sources.view(desk, call.actor, alert_source_id)
        return alert_source_shape(source, site_url=desk.site_url)


@put(_ONE)
async def put_alert_source(call: IncidentCall, alert_source_id: str, data: SourceBody) -> AlertSourceShape:
    """Change what an alert source is called and what becomes of its alerts."""
    async with call.desks.writing() as desk:
        source = await alert_sources.change(desk, call.actor, alert_source_id, data.wish())
        return alert_source_shape(source, site_url=desk.site_url)


@delete(_ONE)
async def delete_alert_source(call: IncidentCall, alert_source_id: str) -> None:
    """Take an alert source away; its incidents stay."""
    async with call.desks.writing() as desk:
        await alert_sources.delete(desk, call.actor, alert_source_id)


@post(_ONE + "/token", status_code=200)
async def renew_alert_source_token(call: IncidentCall, alert_source_id: str) -> TokenShape:
    """Give an alert source another token; the one before ends at once."""
    async with call.desks.writing() as desk:
        return TokenShape(token=await alert_sources.renew_token(desk, call.actor, alert_source_id))


ROUTES = (
    list_alert_sources,
    create_alert_source,
    get_alert_source,
    put_alert_source,
    delete_alert_source,
    renew_alert_source_token,
)
