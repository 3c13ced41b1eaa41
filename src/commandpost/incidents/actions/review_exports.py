"""The review of an incident as a file to keep or to send: what was written about it, and its event log."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from commandpost.incidents.actions import access, follow_ups, review, review_documents
from commandpost.incidents.actions.archiving import documents
from commandpost.incidents.actions.archiving.log_lines import event_of
from commandpost.incidents.actions.archiving.pdf import pdf
from commandpost.incidents.actions.people import usernames
from commandpost.incidents.actions.review import ReviewOf
from commandpost.incidents.model.follow_up import FollowUp
from commandpost.incidents.model.review_document import ReviewDocument
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import Actor, Desk, Desks
from commandpost.incidents.prefill import with_follow_ups
from commandpost.incidents.store import archives


async def as_markdown(desk: Desk, who: Actor, incident_id: str, *, zone: str) -> str:
    """The document, or what it could begin with, and the follow-ups below it.

    Raises NotAuthorized, IncidentUnknown, ZoneUnknown.
    """
    in_zone = await review_documents.zone_of(desk, who, zone)
    document = await review_documents.view(desk, who, incident_id, zone=zone)
    found = await follow_ups.listed(desk, who, incident_id)
    return with_follow_ups(document.text, found, await _assignees(desk, incident_id, found), in_zone)


async def as_html(desks: Desks, who: Actor, incident_id: str, *, zone: str) -> str:
    """The same as one page that needs nothing else. Raises as `as_markdown`."""
    async with desks.reading() as desk:
        text = await as_markdown(desk, who, incident_id, zone=zone)
        name = (await access.opened(desk, who, incident_id, Act.VIEW_INCIDENT)).name
    return await asyncio.to_thread(documents.html, name, text)


async def as_pdf(desks: Desks, who: Actor, incident_id: str, *, zone: str) -> bytes:
    """The same as pages to print or to send. Raises as `as_markdown`, and TooLongForPages."""
    async with desks.reading() as desk:
        text = await as_markdown(desk, who, incident_id, zone=zone)
        name = (await access.opened(desk, who, incident_id, Act.VIEW_INCIDENT)).name
    return await asyncio.to_thread(pdf, name, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All there is to tell of an incident and its review; times are to be told in `zone`.

    `assignees` are the names of those who have the follow-ups.
    """

    told: ReviewOf
    document: ReviewDocument
    follow_ups: Sequence[FollowUp]
    assignees: Mapping[str, str]
    zone: tzinfo


async def whole(desk: Desk, who: Actor, incident_id: str, *, zone: str) -> Whole:
    """What a single document for programs is made of. Raises as `as_markdown`."""
    found = await follow_ups.listed(desk, who, incident_id)
    return Whole(
        told=await review.review(desk, who, incident_id),
        document=await review_documents.view(desk, who, incident_id, zone=zone),
        follow_ups=found,
        assignees=await _assignees(desk, incident_id, found),
        zone=await review_documents.zone_of(desk, who, zone),
    )


async def as_csv(desk: Desk, who: Actor, incident_id: str, *, zone: str) -> str:
    """The event log, a line each. Raises as `as_markdown`."""
    in_zone = await review_documents.zone_of(desk, who, zone)
    told = await review.logged(desk, who, incident_id)
    events = [event_of(entry) for entry in told.entries]
    return await asyncio.to_thread(documents.event_csv, events, told.usernames, in_zone)


async def _assignees(desk: Desk, incident_id: str, found: Sequence[FollowUp]) -> Mapping[str, str]:
    names = dict(await usernames(desk, *{one.wanted.assignee_id for one in found}))
    return names | {one.user_id: one.username for one in await archives.strangers(desk.work, incident_id)}
