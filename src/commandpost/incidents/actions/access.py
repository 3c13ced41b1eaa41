"""What somebody is to an incident, a playbook or a team, and opening these for an act.

What is unknown and what may not be seen are refused alike; only a system admin, who sees everything, hears
that something does not exist.
"""

from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.playbook import Playbook
from commandpost.incidents.model.summary import Summary
from commandpost.incidents.permissions import Act, Standing, is_permitted, permit
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import incidents, playbooks, summaries
from commandpost.incidents.store.incidents import Found, Seen
from commandpost.kernel.errors import NotFound


class IncidentUnknown(NotFound):
    """Not found"""

    code = "incident.unknown"


class PlaybookUnknown(NotFound):
    """Not found"""

    code = "playbook.unknown"


async def opened(desk: Desk, who: Actor, incident_id: str, act: Act = Act.EDIT_INCIDENT) -> Incident:
    """An incident for reading, if `who` may do that to it. Raises NotAuthorized, IncidentUnknown."""
    found = await incidents.found(desk.work, incident_id, viewer_id=who.user_id)
    return await _permitted(desk, who, found, act)


async def locked(desk: Desk, who: Actor, incident_id: str, act: Act = Act.EDIT_INCIDENT) -> Incident:
    """An incident for a change, locked until the work is over. Raises NotAuthorized, IncidentUnknown."""
    found = await incidents.locked(desk.work, incident_id, viewer_id=who.user_id)
    return await _permitted(desk, who, found, act)


async def opened_in_channel(desk: Desk, who: Actor, channel_id: str, act: Act) -> Incident:
    """The incident of a channel. Raises IncidentUnknown if there is none, NotAuthorized."""
    found = await incidents.found_by_channel(desk.work, channel_id, viewer_id=who.user_id)
    if found is None:
        raise IncidentUnknown
    return await _permitted(desk, who, found, act)


async def summed_up_in_channel(desk: Desk, who: Actor, channel_id: str) -> Summary:
    """The incident of a channel in short. Raises IncidentUnknown if there is none, NotAuthorized."""
    found = await summaries.of_channel(desk.work, channel_id, viewer_id=who.user_id)
    if found is None:
        raise IncidentUnknown
    return await _permitted(desk, who, found, Act.VIEW_INCIDENT)


async def opened_if_any(desk: Desk, who: Actor, channel_id: str, act: Act) -> Incident:
    """The incident of a channel; that there is none hears only who sees everything.

    Raises NotAuthorized, IncidentUnknown.
    """
    found = await incidents.found_by_channel(desk.work, channel_id, viewer_id=who.user_id)
    return await _permitted(desk, who, found, act)


async def opened_playbook(desk: Desk, who: Actor, playbook_id: str, act: Act) -> Playbook:
    """A playbook for reading. Raises NotAuthorized, PlaybookUnknown."""
    return await _permitted_playbook(desk, who, await playbooks.found(desk.work, playbook_id), act)


async def locked_playbook(desk: Desk, who: Actor, playbook_id: str, act: Act) -> Playbook:
    """A playbook for a change. Raises NotAuthorized, PlaybookUnknown."""
    return await _permitted_playbook(desk, who, await playbooks.locked(desk.work, playbook_id), act)


async def permit_in_team(desk: Desk, who: Actor, team_id: str, act: Act) -> None:
    """Raises NotAuthorized unless `who` may do that in the team."""
    permit(act, await team_standing(desk, who, team_id))


async def team_standing(desk: Desk, who: Actor, team_id: str) -> Standing:
    if not await desk.chat.sees_team(who.user_id, team_id):
        return Standing.TEAM_STRANGER
    if await desk.chat.is_system_admin(who.user_id):
        return Standing.TEAM_ADMIN
    if await desk.chat.manages_team(who.user_id, team_id):
        return Standing.TEAM_LEAD
    return Standing.TEAM_MEMBER


async def incident_standing(desk: Desk, who: Actor, found: Found[Seen], act: Act) -> Standing:
    """What somebody is to an incident; what a member may, and sees, is asked only where it matters."""
    incident = found.incident
    if found.viewer_is_member:
        asks_to_post = not is_permitted(act, Standing.INCIDENT_LISTENER)
        if asks_to_post and not await desk.chat.may_post(who.user_id, incident.channel_id):
            return Standing.INCIDENT_LISTENER
        asks_to_see = not is_permitted(act, Standing.INCIDENT_GUEST)
        if asks_to_see and not await desk.chat.sees_team(who.user_id, incident.team_id):
            return Standing.INCIDENT_GUEST
        return Standing.INCIDENT_MEMBER
    if await desk.chat.is_system_admin(who.user_id):
        return Standing.INCIDENT_ADMIN
    if incident.is_public and await desk.chat.sees_team(who.user_id, incident.team_id):
        return Standing.INCIDENT_ONLOOKER
    return Standing.INCIDENT_STRANGER


async def playbook_standing(desk: Desk, who: Actor, playbook: Playbook) -> Standing:
    if not await desk.chat.sees_team(who.user_id, playbook.content.team_id):
        return Standing.PLAYBOOK_STRANGER
    if playbook.has_member(who.user_id):
        return Standing.PLAYBOOK_MEMBER
    if await desk.chat.is_system_admin(who.user_id):
        return Standing.PLAYBOOK_ADMIN
    return Standing.PLAYBOOK_STRANGER


async def _permitted(desk: Desk, who: Actor, found: Found[Seen] | None, act: Act) -> Seen:
    if found is None:
        if await desk.chat.is_system_admin(who.user_id):
            raise IncidentUnknown
        permit(act, Standing.INCIDENT_STRANGER)
        raise AssertionError("the table permits nothing to strangers")
    permit(act, await incident_standing(desk, who, found, act))
    return found.incident


async def _permitted_playbook(desk: Desk, who: Actor, playbook: Playbook | None, act: Act) -> Playbook:
    if playbook is None:
        if await desk.chat.is_system_admin(who.user_id):
            raise PlaybookUnknown
        permit(act, Standing.PLAYBOOK_STRANGER)
        raise AssertionError("the table permits nothing to strangers")
    permit(act, await playbook_standing(desk, who, playbook))
    return playbook
