"""Routes of the review of an incident as a file."""

from litestar import Response
from litestar.enums import MediaType

from commandpost.api.v0.call import IncidentCall
from commandpost.api.v0.route import get
from commandpost.api.v0.shapes.review_file import ReviewFileShape, review_file_shape
from commandpost.incidents.actions import review_exports

_NO_STORE = {"Cache-Control": "no-store"}


@get("/incidents/{incident_id:str}/review/export/markdown", media_type="text/markdown")
async def export_review_as_markdown(
    call: IncidentCall, incident_id: str, timezone: str = ""
) -> Response[str]:
    """What was written about an incident, or what that could begin with."""
    async with call.desks.reading() as desk:
        text = await review_exports.as_markdown(desk, call.actor, incident_id, zone=timezone)
    return _file(text, f"{incident_id}.review.md", "text/markdown")


@get("/incidents/{incident_id:str}/review/export/html", media_type=MediaType.HTML)
async def export_review_as_html(call: IncidentCall, incident_id: str, timezone: str = "") -> Response[str]:
    """The same as one page for reading and printing, which loads and runs nothing."""
    text = await review_exports.as_html(call.desks, call.actor, incident_id, zone=timezone)
    return _file(text, f"{incident_id}.review.html", "text/html")


@get("/incidents/{incident_id:str}/review/export/csv", media_type="text/csv")
async def export_events_as_csv(call: IncidentCall, incident_id: str, timezone: str = "") -> Response[str]:
    """The event log, a line for each entry; what spreadsheets would run is made harmless."""
    async with call.desks.reading() as desk:
        text = await review_exports.as_csv(desk, call.actor, incident_id, zone=timezone)
    return _file(text, f"{incident_id}.events.csv", "text/csv")


@get("/incidents/{incident_id:str}/review/export/pdf", media_type="application/pdf")
async def export_review_as_pdf(call: IncidentCall, incident_id: str, timezone: str = "") -> Response[bytes]:
    """The same as pages, made by this server."""
    made = await review_exports.as_pdf(call.desks, call.actor, incident_id, zone=timezone)
    headers = {"Content-Disposition": f'attachment; filename="{incident_id}.review.pdf"', **_NO_STORE}
    return Response(made, headers=headers, media_type="application/pdf")


@get("/incidents/{incident_id:str}/review/export/json")
async def export_review_as_json(
    call: IncidentCall, incident_id: str, timezone: str = ""
) -> Response[ReviewFileShape]:
    """Incident, review, document, follow-ups and event log in one document, for programs."""
    async with call.desks.reading() as desk:
        shape = review_file_shape(await review_exports.whole(desk, call.actor, incident_id, zone=timezone))
    headers = {"Content-Disposition": f'attachment; filename="{incident_id}.review.json"', **_NO_STORE}
    return Response(shape, headers=headers, media_type="application/json")


def _file(text: str, name: str, media_type: str) -> Response[str]:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', **_NO_STORE}
    return Response(text, headers=headers, media_type=media_type)


ROUTES = (
    export_review_as_markdown,
    export_review_as_html,
    export_events_as_csv,
    export_review_as_pdf,
    export_review_as_json,
)
