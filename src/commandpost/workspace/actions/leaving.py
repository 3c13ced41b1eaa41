"""Channels left: by oneself, by another's hand, or with the team."""

from commandpost.audit.entry import Deed
from commandpost.workspace import wording
from commandpost.workspace.actions import system_posts
from commandpost.workspace.actions.channels import managing_members
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import ChannelLeft
from commandpost.workspace.model.channel import (
    Channel,
    DefaultChannel,
    NotChannelMember,
    WrongChannelType,
)
from commandpost.workspace.model.naming import TOWN_SQUARE
from commandpost.workspace.model.team import Team
from commandpost.workspace.model.user import User
from commandpost.workspace.model.who import Who
from commandpost.workspace.store import channel_joins, channel_members, channels, memberships, standing, users


async def leave(desk: Desk, who: Who, channel_id: str) -> None:
    """Cease to be a member. Raises UnknownChannel, NotChannelMember, DefaultChannel, WrongChannelType."""
    await remove_member(desk, who, channel_id, who.user_id)


async def remove_member(desk: Desk, who: Who, channel_id: str, user_id: str) -> None:
    """End a membership: one's own, or as a member of the channel another's.

    Raises UnknownChannel, Forbidden, NotChannelMember, DefaultChannel (only guests leave that),
    WrongChannelType.
    """
    there = await standing.in_known_channel(desk.work, who.user_id, channel_id)
    channel = there.channel
    if channel.is_direct:
        raise WrongChannelType
    if user_id != who.user_id:
        there.permit(who, managing_members(channel))
    await desk.about_to_change(channel_id)
    await channels.locked(desk.work, channel_id)  # as posts do: the channel first, then its members
    member = await channel_members.locked(desk.work, channel_id, user_id)
    if member is None:
        raise NotChannelMember
    if channel.name == TOWN_SQUARE and not member.is_guest:
        raise DefaultChannel
    await channel_joins.remove(desk.work, channel_id, user_id, desk.now)
    await _left(desk, channel, user_id, by=who.user_id)
    if not channel.is_archived:
        found = {user.id: user for user in await users.by_ids(desk.work, [user_id, who.user_id])}
        await system_posts.say(desk, found[who.user_id], channel, _farewell(found[user_id], who))


async def leave_team(desk: Desk, team: Team, user: User, *, by: Who) -> None:
    """End all memberships of a user in a team's channels; Town Square tells the team."""
    await desk.about_to_change(*await memberships.channel_ids(desk.work, user.id))
    town_square = await channels.by_name(desk.work, team.id, TOWN_SQUARE)
    if town_square is not None:
        await channels.locked(desk.work, town_square.id)  # as posts do: the channel first, then its members
    left = await channel_joins.remove_from_team(desk.work, team.id, user.id, desk.now)
    for channel in await channels.by_ids(desk.work, left):
        await _left(desk, channel, user.id, by=by.user_id)
        if town_square is not None and channel.id == town_square.id:
            itself = by.user_id == user.id
            said = wording.left_team(user.username) if itself else wording.removed_from_team(user.username)
            await system_posts.say(desk, user, channel, said)


async def _left(desk: Desk, channel: Channel, user_id: str, *, by: str) -> None:
    await desk.record(Deed.CHANNEL_MEMBER_REMOVED, channel.id, by=by, before={"user_id": user_id})
    desk.tell(ChannelLeft(channel=channel, user_id=user_id, by=by))
    for observer in desk.observers:
        await observer.channel_left(desk.work, desk.now, channel, user_id, by)


def _farewell(gone: User, who: Who) -> wording.SystemMessage:
    if gone.id == who.user_id:
        return wording.left_channel(gone.username)
    return wording.removed_from_channel(gone.id, gone.username)
