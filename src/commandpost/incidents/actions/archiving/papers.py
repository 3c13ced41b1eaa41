"""What is in an archive for people: the incident and its review as documents, made from the rest of it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from commandpost.archive.shapes import DOCUMENTS, ArchivedEvent, ArchivedIncident
from commandpost.archive.writing import Writer
from commandpost.incidents.actions import review_exports
from commandpost.incidents.actions.archiving import documents
from commandpost.incidents.actions.archiving.pdf import TooLongForPages, pdf
from commandpost.incidents.actions.review_exports import Whole
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.prefill import with_follow_ups

ToldToPrograms = Callable[[Whole], bytes]
"""The review as JSON, in the shape in which a door gives it."""

_ZONE = "UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The review, and its JSON."""

    whole: Whole
    json: bytes


async def gathered(desk: Desk, who: Actor, incident_id: str, told: ToldToPrograms) -> Papers:
    """The review as `who` may see it. Raises NotAuthorized, IncidentUnknown."""
    whole = await review_exports.whole(desk, who, incident_id, zone=_ZONE)
    return Papers(whole=whole, json=told(whole))


async def write(
    writer: Writer,
    papers: Papers,
    incident: ArchivedIncident,
    events: Sequence[ArchivedEvent],
    names: Mapping[str, str],
) -> None:
    """Write all of them; a review too long for pages has no PDF."""
    text = documents.markdown(incident, events, names)
    writer.put_text(f"{DOCUMENTS}incident.md", text)
    page = await asyncio.to_thread(documents.html, incident.name, text)
    writer.put_text(f"{DOCUMENTS}incident.html", page)
    writer.put_text(f"{DOCUMENTS}events.csv", documents.event_csv(events, names))
    whole = papers.whole
    review = with_follow_ups(whole.document.text, whole.follow_ups, whole.assignees, whole.zone)
    writer.put_text(f"{DOCUMENTS}review.md", review)
    page = await asyncio.to_thread(documents.html, incident.name, review)
    writer.put_text(f"{DOCUMENTS}review.html", page)
    with writer.member(f"{DOCUMENTS}review.json") as member:
        member.write(papers.json)
    try:
        pages = await asyncio.to_thread(pdf, incident.name, review)
    except TooLongForPages:
        return
    with writer.member(f"{DOCUMENTS}review.pdf", is_packed=False) as member:
        member.write(pages)
