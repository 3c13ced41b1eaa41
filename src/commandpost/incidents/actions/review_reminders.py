"""Reminding the commander of a review that is due: set at the end, taken back by publishing it."""

from collections.abc import Sequence

from commandpost.incidents import wording
from commandpost.incidents.actions.people import usernames
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.review_document import DocumentStatus
from commandpost.incidents.ports import Desk
from commandpost.incidents.store import incidents, review_documents, review_plans, review_reminders
from commandpost.kernel.clock import SECOND_MS, Millis


async def set_at_end(desk: Desk, incident: Incident) -> None:
    """Set the reminder of a locked incident that ends, if its playbook wants one and nothing is published."""
    if not incident.playbook_id or incident.is_practice:
        return
    plan = await review_plans.of_playbook(desk.work, incident.playbook_id)
    document = await review_documents.found(desk.work, incident.id)
    is_published = document is not None and document.status is DocumentStatus.PUBLISHED
    if plan.remind_after_s and not is_published:
        due_at = Millis(desk.now + plan.remind_after_s * SECOND_MS)
        await review_reminders.set_due(desk.work, incident.id, due_at)


async def cancel(desk: Desk, incident_id: str) -> None:
    """Forget the reminder of a locked incident, if one is pending."""
    await review_reminders.cancel(desk.work, incident_id)


async def due(desk: Desk, *, limit: int) -> Sequence[str]:
    """The incidents whose reviews are due, the longest waiting first."""
    return await review_reminders.due(desk.work, now=desk.now, limit=limit)


async def next_due_at(desk: Desk) -> Millis | None:
    """When the next review will be due, or was; None if none is pending."""
    return await review_reminders.next_due_at(desk.work)


async def fire(desk: Desk, incident_id: str) -> bool:
    """Remind the commander if the review is due; False if another node was faster.

    The reminder is taken and posted in one unit of work, so it is posted once even if a node dies midway.
    """
    found = await incidents.locked(desk.work, incident_id, viewer_id="")
    due_at = await review_reminders.take(desk.work, incident_id, now=desk.now)
    if found is None or due_at is None:
        return False
    incident = found.incident
    names = await usernames(desk, incident.commander_id)
    message = wording.review_due(names[incident.commander_id], incident.name)
    await desk.chat.post_as_bot(incident.channel_id, message)
    return True
