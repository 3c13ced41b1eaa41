"""Where an incident comes from."""

from collections.abc import Sequence

from commandpost.incidents.actions import access
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import archives
from commandpost.incidents.store.archives import Origin, Stranger


async def origin_of(desk: Desk, who: Actor, incident_id: str) -> tuple[Origin | None, Sequence[Stranger]]:
    """The archive an incident came in, if it did, and who in it has no account here.

    Raises NotAuthorized, IncidentUnknown.
    """
    incident = await access.opened(desk, who, incident_id, Act.VIEW_INCIDENT)
    origin = await archives.origin(desk.work, incident.id)
    return origin, await archives.strangers(desk.work, incident.id) if origin else []
