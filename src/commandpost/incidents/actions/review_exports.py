"""The review of an incident as a file to keep or to send: what was written about it, and its event log."""

from commandpost.incidents.actions import review, review_documents
from commandpost.incidents.actions.archiving import documents
from commandpost.incidents.actions.archiving.export import event_of
from commandpost.incidents.ports import Actor, Desk


async def as_markdown(desk: Desk, who: Actor, incident_id: str, *, zone: str) -> str:
    """The document, or what it could begin with. Raises NotAuthorized, IncidentUnknown, ZoneUnknown."""
    return (await review_documents.view(desk, who, incident_id, zone=zone)).text


async def as_html(desk: Desk, who: Actor, incident_id: str, *, zone: str) -> str:
    """The same as one page that needs nothing else. Raises as `as_markdown`."""
    text = await as_markdown(desk, who, incident_id, zone=zone)
    told = await review.review(desk, who, incident_id)
    return documents.html(told.incident.name, text)


async def as_csv(desk: Desk, who: Actor, incident_id: str, *, zone: str) -> str:
    """The event log, a line each. Raises as `as_markdown`."""
    in_zone = await review_documents.zone_of(desk, who, zone)
    told = await review.review(desk, who, incident_id)
    return documents.event_csv([event_of(entry) for entry in told.entries], told.usernames, in_zone)
