"""The members of a channel: looked up, listed, their roles, and what they want to be told of."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from commandpost.audit.entry import Deed
from commandpost.kernel.errors import Invalid
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import ChannelMemberUpdated
from commandpost.workspace.model.channel import (
    CHANNEL_ADMIN,
    CHANNEL_GUEST,
    CHANNEL_USER,
    DEFAULT_NOTIFY_PROPS,
    ChannelMember,
    NotChannelMember,
    WrongChannelType,
)
from commandpost.workspace.model.user import timezone_of
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, permit, permit_self_or_admin
from commandpost.workspace.store import channel_members, standing

_LEVELS = ("default", "all", "mention", "none")
_NOTIFY_VALUES: Mapping[str, tuple[str, ...]] = {
    "desktop": _LEVELS,
    "push": _LEVELS,
    "email": ("default", "true", "false"),
    "mark_unread": ("all", "mention"),
    "ignore_channel_mentions": ("default", "on", "off"),
}


class BadNotifyProps(Invalid):
    """That is not something a member of a channel can be told of."""

    code = "channel_member.bad_notify_props"


class BadChannelRoles(Invalid):
    """The roles of a member are channel_user, perhaps with channel_admin, or channel_guest; they cannot turn one into the other."""  # noqa: E501 -- one sentence, shown as it stands

    code = "channel_member.bad_roles"


async def page(desk: Desk, who: Who, channel_id: str, *, limit: int, offset: int) -> list[ChannelMember]:
    """The members of a channel of one's own. Raises UnknownChannel, Forbidden."""
    await _permit_reading(desk, who, channel_id)
    return await channel_members.page(desk.work, channel_id, limit=limit, offset=offset)


async def get(desk: Desk, who: Who, channel_id: str, user_id: str) -> ChannelMember:
    """One member of a channel of one's own. Raises UnknownChannel, Forbidden, NotChannelMember."""
    await _permit_reading(desk, who, channel_id)
    member = await channel_members.member(desk.work, channel_id, user_id)
    if member is None:
        raise NotChannelMember
    return member


async def of_users(desk: Desk, who: Who, channel_id: str, user_ids: Sequence[str]) -> list[ChannelMember]:
    """Those of the users who are members of a channel of one's own. Raises UnknownChannel, Forbidden."""
    await _permit_reading(desk, who, channel_id)
    return await channel_members.of_users(desk.work, channel_id, user_ids)


async def of_user_in_team(desk: Desk, who: Who, user_id: str, team_id: str) -> list[ChannelMember]:
    """A user's memberships in a team, those of all their direct channels too. Raises Forbidden."""
    permit_self_or_admin(who, user_id)
    permit(who, Permission.VIEW_TEAM, await standing.in_team(desk.work, who.user_id, team_id))
    return await channel_members.of_user_in_team(desk.work, user_id, team_id)


async def of_user(desk: Desk, who: Who, user_id: str, *, limit: int, offset: int) -> list[ChannelMember]:
    """A user's memberships everywhere. Raises Forbidden."""
    permit_self_or_admin(who, user_id)
    return await channel_members.of_user(desk.work, user_id, limit=limit, offset=offset)


async def timezones(desk: Desk, who: Who, channel_id: str) -> list[str]:
    """The time zones of a channel's members, each once. Raises UnknownChannel, Forbidden."""
    await _permit_reading(desk, who, channel_id)
    return sorted(
        {timezone_of(chosen) for chosen in await channel_members.timezones(desk.work, channel_id)} - {""}
    )


async def set_roles(desk: Desk, who: Who, channel_id: str, user_id: str, roles: str) -> ChannelMember:
    """Give a member of a channel these roles, by name.

    Raises UnknownChannel, Forbidden, NotChannelMember, BadChannelRoles, WrongChannelType.
    """
    there = await standing.in_known_channel(desk.work, who.user_id, channel_id)
    there.permit(who, Permission.MANAGE_CHANNEL_ROLES)
    if there.channel.is_direct:
        raise WrongChannelType
    member = await _locked(desk, channel_id, user_id)
    names = set(roles.split())
    if member.is_guest:
        if names != {CHANNEL_GUEST}:
            raise BadChannelRoles
    elif CHANNEL_USER not in names or not names <= {CHANNEL_USER, CHANNEL_ADMIN}:
        raise BadChannelRoles
    changed = replace(member, roles=" ".join(sorted(names, reverse=True)), last_update_at=desk.now)
    await channel_members.set_roles(desk.work, channel_id, user_id, changed.roles, desk.now)
    before, after = {"roles": member.roles}, {"user_id": user_id, "roles": changed.roles}
    await desk.record(
        Deed.CHANNEL_MEMBER_ROLES_CHANGED, channel_id, by=who.user_id, before=before, after=after
    )
    desk.tell(ChannelMemberUpdated(member=changed))
    return changed


async def set_notify_props(
    desk: Desk, who: Who, channel_id: str, user_id: str, wanted: Mapping[str, str]
) -> ChannelMember:
    """Change what a member of a channel wants to be told of; names that are not known are passed over.

    Raises Forbidden for others, BadNotifyProps, NotChannelMember.
    """
    permit_self_or_admin(who, user_id)
    known = {name: value for name, value in wanted.items() if name in _NOTIFY_VALUES}
    if any(value not in _NOTIFY_VALUES[name] for name, value in known.items()):
        raise BadNotifyProps
    member = await _locked(desk, channel_id, user_id)
    changed = replace(
        member, notify_props={**DEFAULT_NOTIFY_PROPS, **member.notify_props, **known}, last_update_at=desk.now
    )
    await channel_members.set_notify_props(desk.work, [changed])
    desk.tell(ChannelMemberUpdated(member=changed))
    return changed


async def _permit_reading(desk: Desk, who: Who, channel_id: str) -> None:
    there = await standing.in_known_channel(desk.work, who.user_id, channel_id)
    there.permit(who, Permission.READ_CHANNEL)


async def _locked(desk: Desk, channel_id: str, user_id: str) -> ChannelMember:
    member = await channel_members.locked(desk.work, channel_id, user_id)
    if member is None:
        raise NotChannelMember
    return member
