"""What the chat reports of an incident's channel: who joined and left, and whether it is public.

To be called in the chat's own unit of work, and before that work touches the channel's rows: everybody
locks first the incident, then its channel. Channels that belong to no incident are passed over.
"""

from dataclasses import replace

from commandpost.db import Work
from commandpost.incidents.actions.people import joined_entry
from commandpost.incidents.actions.witness import tell_grown
from commandpost.incidents.events import VisibilityTurned
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.timeline import MemberLeft
from commandpost.incidents.ports import User
from commandpost.incidents.store import changes, counts, incidents, log, members
from commandpost.incidents.store.members import Newcomer
from commandpost.kernel.clock import Millis


async def joined(work: Work, *, channel_id: str, user: User, by: str, at: Millis) -> None:
    """A user is a member of a channel now, by their own doing or added by another."""
    incident = await _locked(work, channel_id)
    newcomer = Newcomer(user_id=user.id, is_bot=user.is_bot)
    if incident and await members.join(work, incident.id, newcomer, at=at):
        await counts.apply(work, incident, counts.added(incident, [user.id]))
        tell_grown(
            work, await log.append_alone(work, incident.id, actor_id=by, at=at, payload=joined_entry(user))
        )


async def left(work: Work, *, channel_id: str, user_id: str, by: str, at: Millis) -> None:
    """A user is no member of a channel any more, by their own doing or removed by another."""
    incident = await _locked(work, channel_id)
    if incident and await members.leave(work, incident.id, user_id, at=at):
        await counts.apply(work, incident, counts.added(incident, [user_id], amount=-1))
        entry = MemberLeft(user_id=user_id)
        tell_grown(work, await log.append_alone(work, incident.id, actor_id=by, at=at, payload=entry))


async def turned_public(work: Work, *, channel_id: str) -> None:
    """A private channel became public."""
    await _turned(work, channel_id, is_public=True)


async def turned_private(work: Work, *, channel_id: str) -> None:
    """A public channel became private."""
    await _turned(work, channel_id, is_public=False)


async def _turned(work: Work, channel_id: str, *, is_public: bool) -> None:
    incident = await _locked(work, channel_id)
    if incident:
        await changes.save_visibility(work, incident, replace(incident, is_public=is_public))
        work.tell(VisibilityTurned(incident_id=incident.id, team_id=incident.team_id, channel_id=channel_id))


async def _locked(work: Work, channel_id: str) -> Incident | None:
    incident_id = await incidents.id_of_channel(work, channel_id)
    if incident_id is None:
        return None
    found = await incidents.locked(work, incident_id, viewer_id="")
    return found.incident if found else None
