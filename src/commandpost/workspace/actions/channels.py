"""Channels made, joined, and others added to them.

Leaving is in `leaving`, direct and group channels in `direct_channels`, changes to a channel in
`channel_changes`, lists of channels in `channel_lists`.
"""

from commandpost.audit.entry import Deed
from commandpost.kernel.errors import Invalid, NotFound
from commandpost.kernel.ids import new_id
from commandpost.workspace import wording
from commandpost.workspace.actions import system_posts
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import ChannelCreated, ChannelJoined
from commandpost.workspace.model.channel import (
    CHANNEL_ADMIN,
    CHANNEL_USER,
    ArchivedChannel,
    Channel,
    ChannelMember,
    ChannelType,
    NameTaken,
    NewChannel,
    TooManyChannels,
    WrongChannelType,
)
from commandpost.workspace.model.naming import (
    DEFAULT_CHANNELS,
    TOWN_SQUARE,
    checked_display_name,
    checked_header,
    checked_name,
    checked_purpose,
)
from commandpost.workspace.model.team import Team, UnknownTeam
from commandpost.workspace.model.user import UnknownUser, User
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, permit
from commandpost.workspace.store import channel_joins, channel_members, channels, standing, users


class NotInTeam(NotFound):
    """Only members of the team can be in its channels."""

    code = "channel.not_in_team"


class DeactivatedUser(Invalid):
    """The account is deactivated."""

    code = "user.deactivated"


async def create(desk: Desk, who: Who, new: NewChannel) -> Channel:
    """Make a public or private channel; the creator joins it as its administrator.

    An administrator of the system may make one in a team of others, and then is no member of it.
    Raises Forbidden, UnknownTeam, NameTaken, TooManyChannels, and what `naming` says.
    """
    is_private = new.type == ChannelType.PRIVATE
    allowed = Permission.CREATE_PRIVATE_CHANNEL if is_private else Permission.CREATE_PUBLIC_CHANNEL
    permit(who, allowed, await standing.in_team(desk.work, who.user_id, new.team_id))
    channel = await _make(desk, new, creator_id=who.user_id)
    await _enter(desk, channel, by=who, user_id=who.user_id, roles=f"{CHANNEL_USER} {CHANNEL_ADMIN}")
    await desk.record(Deed.CHANNEL_CREATED, channel.id, by=who.user_id, after=recorded(channel))
    desk.tell(ChannelCreated(channel=channel))
    return channel


async def create_for(desk: Desk, new: NewChannel, *, for_user: str) -> Channel:
    """Make a channel for somebody, who is not its creator: it has none and no members, so nobody is told.

    Raises UnknownTeam, NameTaken, TooManyChannels, and what `naming` says. After NameTaken the same work
    may try another name.
    """
    channel = await _make(desk, new, creator_id="")
    await desk.record(Deed.CHANNEL_CREATED, channel.id, by=for_user, after=recorded(channel))
    return channel


async def create_defaults(desk: Desk, team: Team) -> None:
    """Make the channels that every team has, for a new team."""
    for name, display_name in DEFAULT_CHANNELS.items():
        new = NewChannel(team_id=team.id, name=name, display_name=display_name, type=ChannelType.PUBLIC)
        await _make(desk, new, creator_id="")


async def join(desk: Desk, who: Who, channel_id: str) -> ChannelMember:
    """Become a member; who is one already stays as they are.

    Public channels of one's teams; administrators of the system private ones too.
    Raises UnknownChannel, Forbidden, ArchivedChannel, NotInTeam, WrongChannelType.
    """
    there = await standing.in_known_channel(desk.work, who.user_id, channel_id)
    if not there.is_member:
        if there.channel.type == ChannelType.PUBLIC:
            there.permit(who, Permission.JOIN_PUBLIC_CHANNELS)
        else:
            permit(who, Permission.MANAGE_SYSTEM)
    return await add_member(desk, who, there.channel, who.user_id)


async def add(desk: Desk, who: Who, channel_id: str, user_id: str) -> ChannelMember:
    """Join a channel, or as its member make somebody else one; who is one already stays as they are.

    Raises UnknownChannel, Forbidden, UnknownUser, NotInTeam, DeactivatedUser, ArchivedChannel,
    WrongChannelType.
    """
    if user_id == who.user_id:
        return await join(desk, who, channel_id)
    there = await standing.in_known_channel(desk.work, who.user_id, channel_id)
    there.permit(who, managing_members(there.channel))
    return await add_member(desk, who, there.channel, user_id)


async def add_member(desk: Desk, by: Who | User, channel: Channel, user_id: str) -> ChannelMember:
    """Make somebody a member, whatever `by` may do; by oneself it is a joining. Twice is as good as once.

    Raises UnknownUser, NotInTeam, DeactivatedUser, ArchivedChannel, WrongChannelType.
    """
    if channel.is_direct:
        raise WrongChannelType
    if channel.is_archived:
        raise ArchivedChannel
    entered = await _enter(desk, channel, by=by, user_id=user_id, roles=CHANNEL_USER)
    if entered is not None:
        return entered
    present = await channel_members.member(desk.work, channel.id, user_id)
    if present is not None:
        return present
    user = await users.by_id(desk.work, user_id)
    if user is None:
        raise UnknownUser
    if user.delete_at:
        raise DeactivatedUser
    raise NotInTeam


async def join_defaults(desk: Desk, team: Team, user: User, *, by: Who) -> None:
    """Put a new member of a team into its default channels; guests are put into none."""
    if user.is_guest:
        return
    found = {
        channel.id: channel
        for channel in await channels.by_names(desk.work, team.id, list(DEFAULT_CHANNELS))
        if not channel.is_archived
    }
    added = await channel_joins.add_to_several(
        desk.work, list(found), user_id=user.id, roles=CHANNEL_USER, at=desk.now
    )
    adder = await users.by_id(desk.work, by.user_id) if by.user_id != user.id else None
    new = {entered.member.channel_id for entered in added}
    for channel in (channel for channel in found.values() if channel.id in new):
        await _joined(desk, channel, user.id, by=adder.id if adder else user.id)
        await system_posts.say(desk, adder or user, channel, _default_welcome(channel, user, adder))


def recorded(channel: Channel) -> dict[str, object]:
    """What the audit log keeps of a channel."""
    return {
        "team_id": channel.team_id,
        "type": channel.type,
        "name": channel.name,
        "display_name": channel.display_name,
        "header": channel.header,
        "purpose": channel.purpose,
    }


def managing_members(channel: Channel) -> Permission:
    """What it takes to add others to a channel, and to remove them."""
    if channel.is_private:
        return Permission.MANAGE_PRIVATE_CHANNEL_MEMBERS
    return Permission.MANAGE_PUBLIC_CHANNEL_MEMBERS


async def _make(desk: Desk, new: NewChannel, *, creator_id: str) -> Channel:
    if new.type not in (ChannelType.PUBLIC, ChannelType.PRIVATE):
        raise WrongChannelType
    channel = Channel(
        id=new_id(),
        create_at=desk.now,
        update_at=desk.now,
        team_id=new.team_id,
        type=new.type,
        display_name=checked_display_name(new.display_name),
        name=checked_name(new.name),
        header=checked_header(new.header),
        purpose=checked_purpose(new.purpose),
        creator_id=creator_id,
    )
    await _take_place(desk, channel.team_id)
    if await channels.insert_in_team(desk.work, channel):
        desk.held[channel.id] = channel
        return channel
    if await channels.by_name(desk.work, channel.team_id, channel.name) is not None:
        raise NameTaken
    raise UnknownTeam


async def _take_place(desk: Desk, team_id: str) -> None:
    """Refuse with TooManyChannels if the team has as many channels as it may have."""
    most = desk.config.max_channels_per_team
    if desk.quota.takes(team_id, most):
        return
    count = await channels.count_in_team(desk.work, team_id, most=most)
    if count >= most:
        raise TooManyChannels
    desk.quota.counted(team_id, most, count)


async def _enter(
    desk: Desk, channel: Channel, *, by: Who | User, user_id: str, roles: str
) -> ChannelMember | None:
    """Make an active member of the team a member, announced in the channel; None if that changes nothing."""
    await desk.about_to_change(channel.id)
    added = await channel_joins.add(desk.work, channel, user_id, roles=roles, at=desk.now)
    if added is None:
        return None
    author = by if isinstance(by, User) else await users.by_id(desk.work, by.user_id)
    if author is None:
        raise UnknownUser
    await _joined(desk, channel, user_id, by=author.id)
    guest = added.member.is_guest
    if author.id == user_id:
        said = wording.joined_channel(added.username, guest=guest)
    else:
        said = wording.added_to_channel(
            user_id, added.username, by_id=author.id, by=author.username, guest=guest
        )
    await system_posts.say(desk, author, channel, said)
    return added.member


async def _joined(desk: Desk, channel: Channel, user_id: str, *, by: str) -> None:
    await desk.record(Deed.CHANNEL_MEMBER_ADDED, channel.id, by=by, after={"user_id": user_id})
    desk.tell(ChannelJoined(channel=channel, user_id=user_id, by=by))
    for observer in desk.observers:
        await observer.channel_joined(desk.work, desk.now, channel, user_id, by)


def _default_welcome(channel: Channel, user: User, adder: User | None) -> wording.SystemMessage:
    """What a default channel says to a new member of its team: Town Square speaks for the team."""
    if channel.name == TOWN_SQUARE:
        if adder is None:
            return wording.joined_team(user.username)
        return wording.added_to_team(user.id, user.username, by_id=adder.id, by=adder.username)
    if adder is None:
        return wording.joined_channel(user.username, guest=False)
    return wording.added_to_channel(user.id, user.username, by_id=adder.id, by=adder.username, guest=False)
