"""Direct and group channels: the same users always have the same one."""

from collections.abc import Sequence

from commandpost.kernel.errors import Forbidden, Invalid
from commandpost.kernel.ids import new_id
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import DirectChannelOpened
from commandpost.workspace.model.channel import Channel, ChannelType
from commandpost.workspace.model.naming import direct_name, group_display_name, group_name
from commandpost.workspace.model.user import User
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, permit
from commandpost.workspace.store import channel_joins, channels, users

GROUP_MIN = 3
GROUP_MAX = 8


class UnknownPartner(Invalid):
    """One of the users of the channel does not exist."""

    code = "channel.unknown_partner"


class BadGroupSize(Invalid):
    """A group channel has 3 to 8 members, you among them."""

    code = "channel.bad_group_size"


async def direct(desk: Desk, who: Who, user_ids: tuple[str, str]) -> Channel:
    """The direct channel of two users, made if need be; the caller is one of them, or both.

    Raises Forbidden, UnknownPartner.
    """
    permit(who, Permission.CREATE_DIRECT_CHANNEL)
    if who.user_id not in user_ids:
        permit(who, Permission.MANAGE_SYSTEM)
    return await _open(desk, who, user_ids, ChannelType.DIRECT)


async def group(desk: Desk, who: Who, user_ids: Sequence[str]) -> Channel:
    """The group channel of some users and the caller, made if need be.

    Raises Forbidden, BadGroupSize, UnknownPartner.
    """
    permit(who, Permission.CREATE_GROUP_CHANNEL)
    everybody = tuple(dict.fromkeys((who.user_id, *user_ids)))
    if not GROUP_MIN <= len(everybody) <= GROUP_MAX:
        raise BadGroupSize
    return await _open(desk, who, everybody, ChannelType.GROUP)


async def _open(desk: Desk, who: Who, user_ids: tuple[str, ...], kind: ChannelType) -> Channel:
    name = direct_name(user_ids[0], user_ids[1]) if kind == ChannelType.DIRECT else group_name(user_ids)
    present = await channels.by_name(desk.work, "", name)
    if present is not None:
        return present
    found = await users.by_ids(desk.work, user_ids)
    if len(found) < len(set(user_ids)):
        raise UnknownPartner
    await _permit_meeting(desk, who, user_ids)
    channel = _new(desk, who, name, kind, found)
    if not await channels.insert_direct(desk.work, channel):
        opened_meanwhile = await channels.by_name(desk.work, "", name)
        assert opened_meanwhile is not None
        return opened_meanwhile
    await channel_joins.add_to_direct(desk.work, channel.id, user_ids, desk.now)
    for observer in desk.observers:
        for user in found:
            await observer.channel_joined(desk.work, desk.now, channel, user.id, who.user_id)
    desk.tell(DirectChannelOpened(channel=channel, user_ids=user_ids, creator_id=who.user_id))
    return channel


async def _permit_meeting(desk: Desk, who: Who, user_ids: tuple[str, ...]) -> None:
    """Guests meet only those with whom they share a channel already. Raises Forbidden."""
    others = set(user_ids) - {who.user_id}
    if who.is_guest and not others <= await users.met_among(desk.work, who.user_id, list(others)):
        raise Forbidden


def _new(desk: Desk, who: Who, name: str, kind: ChannelType, members: Sequence[User]) -> Channel:
    is_group = kind == ChannelType.GROUP
    return Channel(
        id=new_id(),
        create_at=desk.now,
        update_at=desk.now,
        team_id="",
        type=kind,
        display_name=group_display_name(user.username for user in members) if is_group else "",
        name=name,
        creator_id=who.user_id,
    )
