"""Changing who leads an incident."""

from commandpost.audit.entry import Deed
from commandpost.incidents import wording
from commandpost.incidents.actions import access
from commandpost.incidents.actions.people import usernames
from commandpost.incidents.events import IncidentUpdated
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.timeline import CommanderChanged
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import changes, members
from commandpost.kernel.errors import Forbidden


class CommanderNotMember(Forbidden):
    """Not authorized"""

    code = "commander.not_member"


async def change(desk: Desk, who: Actor, incident_id: str, commander_id: str) -> Incident:
    """Make a member of the channel the commander; the same one changes nothing.

    Raises NotAuthorized, IncidentUnknown, CommanderNotMember.
    """
    incident = await access.locked(desk, who, incident_id)
    if commander_id == incident.commander_id:
        return incident
    if not await members.is_present(desk.work, incident.id, commander_id):
        raise CommanderNotMember
    led = incident.commanded_by(commander_id)
    names = await usernames(desk, who.user_id, incident.commander_id, commander_id)
    desk.tell(IncidentUpdated(incident=led))
    post = await desk.chat.post_as_bot(
        incident.channel_id,
        wording.commander_changed(
            names[who.user_id], old=names[incident.commander_id], new=names[commander_id]
        ),
    )
    entry = CommanderChanged(from_id=incident.commander_id, to_id=commander_id, post_id=post.id)
    before, after = {"commander_id": incident.commander_id}, {"commander_id": commander_id}
    await desk.record(Deed.INCIDENT_COMMANDER_CHANGED, incident.id, by=who, before=before, after=after)
    return await changes.save(desk.work, incident, led, actor_id=who.user_id, at=desk.now, payloads=[entry])
