"""What people make of an incident, written into its log and told to those in its channel."""

from commandpost.incidents.events import IncidentUpdated
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.timeline import Afterwards
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import changes


async def note(desk: Desk, who: Actor, incident: Incident, payload: Afterwards) -> None:
    """Log it in a locked incident, of which nothing else changes."""
    saved = await changes.save(
        desk.work, incident, incident, actor_id=who.user_id, at=desk.now, payloads=[payload]
    )
    desk.tell(IncidentUpdated(incident=saved))
