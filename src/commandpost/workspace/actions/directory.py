"""Looking people up: lists, search, and the names offered while somebody types."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from commandpost.kernel.errors import Forbidden
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.user import User
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, permit
from commandpost.workspace.store import directory, standing
from commandpost.workspace.store.directory import Order, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Users offered for a beginning of a name; with a channel, its members and those who are not in it."""

    users: list[User]
    out_of_channel: list[User]


async def page(desk: Desk, who: Who, wanted: Wanted, order: Order, *, limit: int, offset: int) -> list[User]:
    """A page of users. Raises Forbidden for teams and channels that the caller does not see."""
    await _permit(desk, who, wanted)
    return await directory.page(desk.work, _as_seen_by(who, wanted), order, limit=limit, offset=offset)


async def search(desk: Desk, who: Who, wanted: Wanted, term: str, *, limit: int) -> list[User]:
    """The users whose names begin so.

    Raises Forbidden for teams and channels that the caller does not see.
    """
    await _permit(desk, who, wanted)
    return await directory.called(
        desk.work,
        _as_seen_by(who, wanted),
        term.removeprefix("@"),
        limit=limit,
        with_email=who.is_system_admin,
    )


async def offer(
    desk: Desk, who: Who, beginning: str, *, team_id: str, channel_id: str, limit: int
) -> Offered:
    """Active users to be offered for the beginning of a name.

    Raises Forbidden for teams and channels that the caller does not see.
    """
    in_team = Wanted(in_team=team_id, only_active=True)
    if not channel_id:
        return Offered(users=await search(desk, who, in_team, beginning, limit=limit), out_of_channel=[])
    in_channel = Wanted(in_channel=channel_id, only_active=True)
    users = await search(desk, who, in_channel, beginning, limit=limit)
    out_of_channel: list[User] = []
    if team_id:
        others = replace(in_team, not_in_channel=channel_id)
        out_of_channel = await search(desk, who, others, beginning, limit=limit)
    return Offered(users=users, out_of_channel=out_of_channel)


async def known(desk: Desk, who: Who) -> list[str]:
    """The ids of those with whom the caller shares a channel."""
    return await directory.known_by(desk.work, who.user_id)


async def count(desk: Desk, who: Who) -> int:
    """How many active accounts there are, bots among them. Raises Forbidden for guests."""
    permit(who, Permission.VIEW_MEMBERS)
    return await directory.count(desk.work)


async def in_group_channels(desk: Desk, who: Who, channel_ids: Sequence[str]) -> dict[str, list[User]]:
    """The other members of each of the group channels that the caller is in."""
    return await directory.in_group_channels(desk.work, who.user_id, channel_ids)


def _as_seen_by(who: Who, wanted: Wanted) -> Wanted:
    return replace(wanted, met_by=who.user_id) if who.is_guest and not who.is_system_admin else wanted


async def _permit(desk: Desk, who: Who, wanted: Wanted) -> None:
    if who.is_system_admin:
        return
    for team_id in filter(None, (wanted.in_team, wanted.not_in_team)):
        permit(who, Permission.VIEW_TEAM, await standing.in_team(desk.work, who.user_id, team_id))
    for channel_id in filter(None, (wanted.in_channel, wanted.not_in_channel)):
        there = await standing.in_channel(desk.work, who.user_id, channel_id)
        if there is None:
            raise Forbidden
        there.permit(who, Permission.READ_CHANNEL)
