"""Announcing an incident in other channels."""

from collections.abc import Sequence

from commandpost.incidents import wording
from commandpost.incidents.actions import access
from commandpost.incidents.actions.people import usernames
from commandpost.incidents.ports import Actor, Desk, Post
from commandpost.kernel.errors import Conflict, Forbidden, NotFound


class ChannelUnknown(NotFound):
    """The team has no such channel."""

    code = "announce.channel_unknown"


class PracticeStaysHere(Conflict):
    """This is a rehearsal; it is not announced anywhere."""

    code = "announce.practice"


class AnnouncingForbidden(Forbidden):
    """You may not post in that channel."""

    code = "announce.forbidden"


async def look_up(desk: Desk, who: Actor, team_id: str, channel_names: Sequence[str]) -> None:
    """Ask the chat all that announcing in these channels needs, before anything is announced in any."""
    for name in channel_names:
        target = await desk.chat.channel_named(team_id, name)
        if target is not None:
            await desk.chat.may_post(who.user_id, target.id)


async def announce(desk: Desk, who: Actor, incident_id: str, team_id: str, channel_name: str) -> Post:
    """Tell a channel of the team, as the bot, that its commander has started an incident.

    Raises NotAuthorized, IncidentUnknown, ChannelUnknown, AnnouncingForbidden,
    PracticeStaysHere.
    """
    incident = await access.opened(desk, who, incident_id)
    if incident.is_practice:
        raise PracticeStaysHere
    target = await desk.chat.channel_named(team_id, channel_name)
    if target is None:
        raise ChannelUnknown
    if not await desk.chat.may_post(who.user_id, target.id):
        raise AnnouncingForbidden
    own = await desk.chat.channel(incident.channel_id)
    names = await usernames(desk, incident.commander_id)
    text = wording.announced(names[incident.commander_id], own.name if own else "")
    return await desk.chat.post_as_bot(target.id, text)
