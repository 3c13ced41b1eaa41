"""What integrations made in tools outside, kept with the incident."""

from collections.abc import Sequence
from dataclasses import dataclass

from commandpost.incidents.actions import access, details
from commandpost.incidents.events import IncidentUpdated
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.listing import Page
from commandpost.incidents.model.timeline import Entry, LinkAdded
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import changes, incidents


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """Something made outside: where it is, and what its tool calls it."""

    title: str
    url: str
    reference: str


async def add(
    desk: Desk, who: Actor, channel_id: str, *, integration: str, links: Sequence[NewLink], message: str
) -> Incident | None:
    """Say in a channel what an integration did for `who`; its incident, if there is one, keeps the links.

    Raises NotAuthorized.
    """
    found = await incidents.found_by_channel(desk.work, channel_id, viewer_id=who.user_id)
    incident = await access.locked(desk, who, found.incident.id) if found and links else None
    post_id = (await desk.chat.post_as_bot(channel_id, message)).id if message else ""
    if incident is None:
        return None
    entries = [
        LinkAdded(
            integration=integration,
            title=link.title,
            url=link.url,
            reference=link.reference,
            post_id=post_id,
        )
        for link in links
    ]
    saved = await changes.save(
        desk.work, incident, incident, actor_id=who.user_id, at=desk.now, payloads=entries
    )
    desk.tell(IncidentUpdated(incident=saved))
    return saved


async def listed(desk: Desk, who: Actor, incident_id: str) -> Sequence[tuple[Entry, LinkAdded]]:
    """The links of an incident, oldest first, with the entries that tell of them.

    Raises NotAuthorized, IncidentUnknown.
    """
    kept = await details.timeline(desk, who, incident_id, kinds=[LinkAdded.kind], page=Page())
    return [(entry, entry.payload) for entry in kept.items if isinstance(entry.payload, LinkAdded)]


async def in_channel(desk: Desk, who: Actor, channel_id: str) -> tuple[Incident, Sequence[LinkAdded]]:
    """The incident of a channel, for who may change it, with its links, oldest first.

    Raises IncidentUnknown if there is none, NotAuthorized.
    """
    incident = await access.opened_in_channel(desk, who, channel_id, Act.EDIT_INCIDENT)
    return incident, [payload for _, payload in await listed(desk, who, incident.id)]
