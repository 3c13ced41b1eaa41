"""The review document of an incident: looked at, written, shown to the channel.

Every action raises NotAuthorized and IncidentUnknown. Writing locks the incident, so that of two people who
save at once the second is refused, and nothing is lost.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from commandpost.incidents import wording
from commandpost.incidents.actions import access, review, review_reminders
from commandpost.incidents.actions.people import usernames
from commandpost.incidents.actions.review_log import note
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.review_document import (
    DocumentStatus,
    DocumentVersion,
    ReviewDocument,
    VersionUnknown,
)
from commandpost.incidents.model.text import MESSAGE_LIMIT
from commandpost.incidents.model.timeline import ReviewPut, ReviewSaved, StatusUpdated
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.prefill import Material, filled_in
from commandpost.incidents.store import review_documents, review_plans
from commandpost.kernel.errors import Invalid

_MOST_VERSIONS = 200


class ZoneUnknown(Invalid):
    """That is no time zone; name one as Europe/Berlin."""

    code = "review.zone_unknown"


async def view(desk: Desk, who: Actor, incident_id: str, *, zone: str) -> ReviewDocument:
    """The document as it stands; before anything was written, what it could begin with.

    `zone` is the reader's, an IANA name, "" for the one of their profile. Raises ZoneUnknown.
    """
    incident = await access.opened(desk, who, incident_id, Act.VIEW_INCIDENT)
    found = await review_documents.found(desk.work, incident.id)
    if found is not None:
        return found
    text = await first_text(desk, who, incident_id, zone=zone)
    return ReviewDocument(incident_id=incident.id, text=text)


async def first_text(desk: Desk, who: Actor, incident_id: str, *, zone: str) -> str:
    """The playbook's template filled in from the log and the channel as they are now. Raises ZoneUnknown."""
    in_zone = await zone_of(desk, who, zone)
    told = await review.review(desk, who, incident_id)
    plan = await review_plans.of_playbook(desk.work, told.incident.playbook_id)
    ids = [entry.payload.post_id for entry in told.entries if isinstance(entry.payload, StatusUpdated)]
    return filled_in(
        plan.template,
        Material(
            incident=told.incident,
            review=told.review,
            entries=told.entries,
            usernames=told.usernames,
            said=await desk.chat.texts(ids),
            zone=in_zone,
        ),
    )


async def write(desk: Desk, who: Actor, incident_id: str, text: str, *, seen_version: int) -> ReviewDocument:
    """Save the next version. Raises DocumentChanged, DocumentEmpty, TextTooLong, TextUnstorable."""
    incident = await access.locked(desk, who, incident_id)
    document = await _document(desk, incident)
    written = document.rewritten(text, seen_version=seen_version, by=who.user_id, at=desk.now)
    await review_documents.save_version(desk.work, written)
    await note(desk, who, incident, ReviewSaved(document_version=written.version))
    return written


async def put(
    desk: Desk, who: Actor, incident_id: str, status: DocumentStatus, *, seen_version: int
) -> ReviewDocument:
    """Make it a draft, ask the channel for comments, or publish it there; the same status changes nothing.

    Raises DocumentChanged, DocumentUnwritten.
    """
    act = Act.EDIT_INCIDENT if status is DocumentStatus.DRAFT else Act.PUBLISH_REVIEW
    incident = await access.locked(desk, who, incident_id, act)
    document = await _document(desk, incident)
    changed = document.put(status, seen_version=seen_version, at=desk.now)
    if changed.status is document.status:
        return document
    post_id = await _told(desk, who, incident, changed)
    saved = replace(changed, discussion_post_id=post_id or document.discussion_post_id)
    await review_documents.save(desk.work, saved)
    if status is DocumentStatus.PUBLISHED:
        await review_reminders.cancel(desk, incident.id)
    entry = ReviewPut(
        from_status=document.status.value,
        to_status=status.value,
        document_version=saved.version,
        post_id=post_id,
    )
    await note(desk, who, incident, entry)
    return saved


async def versions(desk: Desk, who: Actor, incident_id: str) -> Sequence[DocumentVersion]:
    """The newest versions, newest first, without their texts."""
    incident = await access.opened(desk, who, incident_id, Act.VIEW_INCIDENT)
    return await review_documents.versions(desk.work, incident.id, limit=_MOST_VERSIONS)


async def version(desk: Desk, who: Actor, incident_id: str, number: int) -> DocumentVersion:
    """One version with its text. Raises VersionUnknown."""
    incident = await access.opened(desk, who, incident_id, Act.VIEW_INCIDENT)
    found = await review_documents.version(desk.work, incident.id, number)
    if found is None:
        raise VersionUnknown
    return found


async def _document(desk: Desk, incident: Incident) -> ReviewDocument:
    found = await review_documents.found(desk.work, incident.id)
    return found or ReviewDocument(incident_id=incident.id)


async def _told(desk: Desk, who: Actor, incident: Incident, document: ReviewDocument) -> str:
    """The post that tells the channel; "" for a draft, of which nobody is told."""
    if document.status is DocumentStatus.DRAFT:
        return ""
    name = (await usernames(desk, who.user_id))[who.user_id]
    if document.status is DocumentStatus.PUBLISHED:
        message = wording.review_published(name, document.text, limit=MESSAGE_LIMIT)
    else:
        message = wording.review_opened(name, incident.name)
    return (await desk.chat.post_as_bot(incident.channel_id, message)).id


async def zone_of(desk: Desk, who: Actor, name: str) -> tzinfo:
    """The zone of that name, of the reader's profile if it is "". Raises ZoneUnknown."""
    try:
        return ZoneInfo(name or await desk.chat.timezone(who.user_id) or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError) as cause:
        raise ZoneUnknown from cause
