"""Posts about alerts: the first at once, those that follow soon after gathered into one.

Both need the incident locked; so what is posted is how the alerts stand.
"""

from collections.abc import Sequence

from commandpost.incidents import wording
from commandpost.incidents.actions.people import usernames
from commandpost.incidents.events import AlertsGathered
from commandpost.incidents.model.alert import GATHERED_MS
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.ports import Desk
from commandpost.incidents.store import alerts, incidents
from commandpost.incidents.store.alerts import Posted
from commandpost.kernel.clock import NEVER, Millis


async def tell(desk: Desk, incident: Incident) -> None:
    """Post how the alerts of a locked incident stand, or have it done soon."""
    posted = await alerts.posted(desk.work, incident.id)
    due_at = Millis(posted.posted_at + GATHERED_MS)
    if due_at <= desk.now:
        await _post(desk, incident, posted)
    elif not posted.due_at:
        await alerts.set_posted(desk.work, incident.id, Posted(posted_at=posted.posted_at, due_at=due_at))
        desk.tell(AlertsGathered(incident_id=incident.id, due_at=due_at))


async def due(desk: Desk, *, limit: int) -> Sequence[str]:
    """The incidents in which gathered alerts are to be posted now."""
    return await alerts.due(desk.work, now=desk.now, limit=limit)


async def next_due_at(desk: Desk) -> Millis | None:
    """When gathered alerts are to be posted next; None if none wait."""
    return await alerts.next_due_at(desk.work)


async def fire(desk: Desk, incident_id: str) -> bool:
    """Post what was gathered in an incident; False if another node was faster."""
    found = await incidents.locked(desk.work, incident_id, viewer_id="")
    posted = await alerts.posted(desk.work, incident_id)
    if posted.due_at == NEVER or posted.due_at > desk.now:
        return False
    if found is None:
        await alerts.set_posted(desk.work, incident_id, Posted(posted_at=posted.posted_at, due_at=NEVER))
        return False
    await _post(desk, found.incident, posted)
    return True


async def _post(desk: Desk, incident: Incident, posted: Posted) -> None:
    news = await alerts.untold(desk.work, incident.id)
    await alerts.set_posted(desk.work, incident.id, Posted(posted_at=desk.now, due_at=NEVER))
    if not news:
        return
    await alerts.set_told(desk.work, incident.id)
    to = ""
    if posted.posted_at == NEVER:
        to = (await usernames(desk, incident.commander_id))[incident.commander_id]
    standing = await alerts.standing(desk.work, incident.id)
    message = wording.alerts(news=[one.alert for one in news], standing=standing, to=to)
    await desk.chat.post_as_bot(incident.channel_id, message)
