"""Reminders to post a status update: shown when due, dismissed by hand."""

from collections.abc import Sequence

from commandpost.incidents import dialogs, wording
from commandpost.incidents.actions import access
from commandpost.incidents.actions.people import usernames
from commandpost.incidents.actions.rehearsing.replaying import moment
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.timeline import ReminderDismissed, ReminderDue, ReminderShown
from commandpost.incidents.ports import Actor, Attachment, Button, Desk
from commandpost.incidents.store import changes, incidents, reminders
from commandpost.kernel.clock import Millis


async def due(desk: Desk, *, limit: int) -> Sequence[str]:
    """The incidents whose reminders are due, the longest waiting first."""
    return await reminders.due(desk.work, now=desk.now, limit=limit)


async def next_due_at(desk: Desk) -> Millis | None:
    """When the next reminder will be due, or was; None if none is pending."""
    return await reminders.next_due_at(desk.work)


async def fire(desk: Desk, incident_id: str) -> bool:
    """Show the reminder of an incident if it is due; False if another node was faster.

    The reminder is taken and shown in one unit of work, so it is shown once even if a node dies midway.
    """
    found = await incidents.locked(desk.work, incident_id, viewer_id="")
    due_at = await reminders.take(desk.work, incident_id, now=desk.now)
    if found is None or due_at is None or not found.incident.is_active:
        return False
    incident = found.incident
    names = await usernames(desk, incident.commander_id)
    told = wording.practice_reminder if incident.is_practice else wording.reminder
    post = await desk.chat.post_as_bot(
        incident.channel_id,
        told(names[incident.commander_id]),
        attachments=[Attachment(actions=_buttons(incident))],
    )
    await changes.save(
        desk.work,
        incident,
        incident.reminded(post.id),
        actor_id="",
        at=await moment(desk, incident, due_at),
        payloads=[
            ReminderDue(due_at=due_at),
            ReminderShown(post_id=post.id, commander_id=incident.commander_id),
        ],
    )
    return True


async def dismiss(desk: Desk, who: Actor, incident_id: str) -> Incident:
    """Take the reminder post away; does nothing if none is shown. Raises NotAuthorized, IncidentUnknown."""
    incident = await access.locked(desk, who, incident_id)
    if not incident.reminder_post_id:
        return incident
    await desk.chat.delete_post(incident.reminder_post_id)
    return await changes.save(
        desk.work,
        incident,
        incident.reminded(""),
        actor_id=who.user_id,
        at=desk.now,
        payloads=[ReminderDismissed(post_id=incident.reminder_post_id)],
    )


def _buttons(incident: Incident) -> tuple[Button, ...]:
    return (
        Button(name=wording.UPDATE_STATUS, url=dialogs.incident_url(incident.id, "reminder/button-update")),
        Button(name=wording.DISMISS, url=dialogs.incident_url(incident.id, "reminder/button-dismiss")),
    )
