"""Ending an incident, and taking that back."""

from commandpost.audit.entry import Deed
from commandpost.incidents import dialogs, wording
from commandpost.incidents.actions import access, review_reminders
from commandpost.incidents.actions.people import usernames
from commandpost.incidents.actions.rehearsing import replaying
from commandpost.incidents.events import IncidentUpdated
from commandpost.incidents.model.incident import AlreadyEnded, Incident
from commandpost.incidents.model.timeline import IncidentEnded, IncidentRestarted
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import changes, reminders


async def end(desk: Desk, who: Actor, incident_id: str) -> Incident:
    """End an ongoing incident. Members may go on posting and ticking.

    Raises NotAuthorized, IncidentUnknown, AlreadyEnded.
    """
    incident = await access.locked(desk, who, incident_id)
    ended = incident.ended(at=desk.now)
    desk.tell(IncidentUpdated(incident=ended))
    await reminders.cancel(desk.work, incident.id)
    await review_reminders.set_at_end(desk, incident)
    if incident.reminder_post_id:
        await desk.chat.delete_post(incident.reminder_post_id)
    names = await usernames(desk, who.user_id)
    post = await desk.chat.post_as_bot(incident.channel_id, wording.ended(names[who.user_id]))
    entry = IncidentEnded(duration_ms=ended.end_at - ended.create_at, post_id=post.id)
    await desk.record(Deed.INCIDENT_ENDED, incident.id, by=who)
    saved = await changes.save(
        desk.work, incident, ended, actor_id=who.user_id, at=desk.now, payloads=[entry]
    )
    if saved.is_practice:
        await replaying.close(desk, saved)
    return saved


async def restart(desk: Desk, who: Actor, incident_id: str) -> Incident:
    """Make an ended incident ongoing again; no reminder is set anew.

    Raises NotAuthorized, IncidentUnknown, AlreadyOngoing.
    """
    incident = await access.locked(desk, who, incident_id)
    restarted = incident.restarted()
    await review_reminders.cancel(desk, incident.id)
    desk.tell(IncidentUpdated(incident=restarted))
    names = await usernames(desk, who.user_id)
    post = await desk.chat.post_as_bot(incident.channel_id, wording.restarted(names[who.user_id]))
    await desk.record(Deed.INCIDENT_RESTARTED, incident.id, by=who)
    return await changes.save(
        desk.work,
        incident,
        restarted,
        actor_id=who.user_id,
        at=desk.now,
        payloads=[IncidentRestarted(post_id=post.id)],
    )


async def open_dialog(desk: Desk, who: Actor, incident_id: str, trigger_id: str) -> None:
    """Ask for confirmation before the end. Raises NotAuthorized, IncidentUnknown, AlreadyEnded, Invalid."""
    incident = await access.opened(desk, who, incident_id)
    if not incident.is_active:
        raise AlreadyEnded
    await desk.chat.open_dialog(who.user_id, trigger_id, dialogs.end_incident(incident))
