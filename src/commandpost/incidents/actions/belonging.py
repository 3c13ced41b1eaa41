"""Who belongs to an incident whose channel is of the past: nobody enters that, so they are added here.

Everybody else's incident has the people of its channel, and the chat lets them in and out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from commandpost.audit.entry import Deed
from commandpost.incidents.actions import access, membership
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import members
from commandpost.kernel.errors import Conflict, NotFound


class MembersOfChannel(Conflict):
    """Who is in this incident is who is in its channel: add and remove people there."""

    code = "incident.members_of_channel"


class NotInIncident(NotFound):
    """This person is not in the incident."""

    code = "incident.not_a_member"


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who is in an incident, and whether they are added and removed here."""

    user_ids: Sequence[str]
    are_kept_here: bool


async def listed(desk: Desk, who: Actor, incident_id: str) -> People:
    """Who is in it now. Raises NotAuthorized, IncidentUnknown."""
    return await _people(desk, await access.opened(desk, who, incident_id, Act.VIEW_INCIDENT))


async def add(desk: Desk, who: Actor, incident_id: str, user_id: str) -> People:
    """Add somebody, or enter oneself; who is in it already stays.

    Raises NotAuthorized, IncidentUnknown, MembersOfChannel, and what the chat refuses.
    """
    act = Act.JOIN_INCIDENT if user_id == who.user_id else Act.CHANGE_MEMBERS
    incident = await _locked(desk, who, incident_id, act)
    if not await members.is_present(desk.work, incident.id, user_id):
        user = await desk.chat.admit(incident.channel_id, user_id)
        await membership.joined(
            desk.work, channel_id=incident.channel_id, user=user, by=who.user_id, at=desk.now
        )
        after = {"user_id": user_id}
        await desk.record(Deed.CHANNEL_MEMBER_ADDED, incident.channel_id, by=who, after=after)
    return await _people(desk, incident)


async def remove(desk: Desk, who: Actor, incident_id: str, user_id: str) -> People:
    """Remove somebody, or leave oneself.

    Raises NotAuthorized, IncidentUnknown, MembersOfChannel, NotInIncident.
    """
    act = Act.LEAVE_INCIDENT if user_id == who.user_id else Act.CHANGE_MEMBERS
    incident = await _locked(desk, who, incident_id, act)
    if not await members.is_present(desk.work, incident.id, user_id):
        raise NotInIncident
    await desk.chat.dismiss(incident.channel_id, user_id)
    await membership.left(
        desk.work, channel_id=incident.channel_id, user_id=user_id, by=who.user_id, at=desk.now
    )
    before = {"user_id": user_id}
    await desk.record(Deed.CHANNEL_MEMBER_REMOVED, incident.channel_id, by=who, before=before)
    return await _people(desk, incident)


async def _locked(desk: Desk, who: Actor, incident_id: str, act: Act) -> Incident:
    incident = await access.locked(desk, who, incident_id, act)
    if not await _is_kept(desk, incident):
        raise MembersOfChannel
    return incident


async def _people(desk: Desk, incident: Incident) -> People:
    return People(
        user_ids=await members.present(desk.work, incident.id), are_kept_here=await _is_kept(desk, incident)
    )


async def _is_kept(desk: Desk, incident: Incident) -> bool:
    channel = await desk.chat.channel(incident.channel_id)
    return channel is not None and channel.is_kept
