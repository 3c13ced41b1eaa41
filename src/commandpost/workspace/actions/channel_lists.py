"""Channels found: one by its id or name, one's own, those of a team to browse and to search."""

from collections.abc import Sequence

from commandpost.workspace.desk import Desk
from commandpost.workspace.model.channel import Channel, ChannelType, UnknownChannelName
from commandpost.workspace.model.team import UnknownTeam
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, may, permit, permit_self_or_admin
from commandpost.workspace.store import channel_lists, standing, teams
from commandpost.workspace.store.channel_lists import ChannelInTeam, ChannelStats, Search
from commandpost.workspace.store.channels import NEVER
from commandpost.workspace.store.standing import Standing

AUTOCOMPLETE_LIMIT = 50
SEARCH_LIMIT = 100


async def get(desk: Desk, who: Who, channel_id: str) -> Channel:
    """A channel: a public one of one's teams, or one's own. Raises UnknownChannel, Forbidden."""
    there = await standing.in_known_channel(desk.work, who.user_id, channel_id)
    if not _may_see(who, there):
        there.permit(who, Permission.READ_CHANNEL)
    return there.channel


async def by_name(desk: Desk, who: Who, team_id: str, name: str, *, with_archived: bool) -> Channel:
    """A team's channel of a name; by two ids joined by `__`, one's direct channel.

    Raises UnknownChannelName, also for what one may not see.
    """
    there = await standing.in_channel_named(desk.work, who.user_id, team_id, name.lower())
    if there is None or (there.channel.is_archived and not with_archived) or not _may_see(who, there):
        raise UnknownChannelName
    return there.channel


async def by_team_name(desk: Desk, who: Who, team_name: str, name: str, *, with_archived: bool) -> Channel:
    """As `by_name`, the team by its name too. Raises UnknownTeam, UnknownChannelName."""
    team = await teams.by_name(desk.work, team_name.lower())
    if team is None:
        raise UnknownTeam
    return await by_name(desk, who, team.id, name, with_archived=with_archived)


async def of_user_in_team(
    desk: Desk, who: Who, user_id: str, team_id: str, *, deleted_since: int = NEVER
) -> list[Channel]:
    """The channels of a team that oneself is in (or anybody, for an administrator), all direct ones too.

    Raises Forbidden.
    """
    permit_self_or_admin(who, user_id)
    await _permit_in_team(desk, who, Permission.VIEW_TEAM, team_id)
    return await channel_lists.of_user_in_team(desk.work, user_id, team_id, deleted_since=deleted_since)


async def of_user(desk: Desk, who: Who, user_id: str, *, deleted_since: int = NEVER) -> list[Channel]:
    """All channels that oneself is in, or anybody, for an administrator. Raises Forbidden."""
    permit_self_or_admin(who, user_id)
    return await channel_lists.of_user(desk.work, user_id, deleted_since=deleted_since)


async def public_page(desk: Desk, who: Who, team_id: str, *, limit: int, offset: int) -> list[Channel]:
    """The public channels of a team, to browse. Raises Forbidden."""
    await _permit_in_team(desk, who, Permission.LIST_TEAM_CHANNELS, team_id)
    return await channel_lists.in_team(
        desk.work, team_id, ChannelType.PUBLIC.value, limit=limit, offset=offset
    )


async def private_page(desk: Desk, who: Who, team_id: str, *, limit: int, offset: int) -> list[Channel]:
    """The private channels of a team, for administrators of the system. Raises Forbidden."""
    permit(who, Permission.MANAGE_SYSTEM)
    return await channel_lists.in_team(
        desk.work, team_id, ChannelType.PRIVATE.value, limit=limit, offset=offset
    )


async def archived_page(desk: Desk, who: Who, team_id: str, *, limit: int, offset: int) -> list[Channel]:
    """A team's archived channels: public ones and one's own; all for an administrator. Raises Forbidden."""
    await _permit_in_team(desk, who, Permission.LIST_TEAM_CHANNELS, team_id)
    return await channel_lists.archived_in_team(
        desk.work, team_id, who.user_id, everything=who.is_system_admin, limit=limit, offset=offset
    )


async def public_by_ids(desk: Desk, who: Who, team_id: str, channel_ids: Sequence[str]) -> list[Channel]:
    """Those of the ids that are public channels of a team of one's own. Raises Forbidden."""
    await _permit_in_team(desk, who, Permission.VIEW_TEAM, team_id)
    found = await channel_lists.public_by_ids(desk.work, team_id, channel_ids)
    roles = await standing.in_team(desk.work, who.user_id, team_id)
    return found if may(who, Permission.READ_PUBLIC_CHANNEL, roles) else []


async def autocomplete(desk: Desk, who: Who, team_id: str, term: str) -> list[Channel]:
    """The public channels of a team and one's own there whose names contain a term. Raises Forbidden."""
    await _permit_in_team(desk, who, Permission.LIST_TEAM_CHANNELS, team_id)
    return await channel_lists.matching_in_team(
        desk.work, team_id, who.user_id, term, public=True, own=True, limit=AUTOCOMPLETE_LIMIT
    )


async def autocomplete_own(desk: Desk, who: Who, team_id: str, term: str) -> list[Channel]:
    """One's own channels of a team whose names contain a term. Raises Forbidden."""
    await _permit_in_team(desk, who, Permission.VIEW_TEAM, team_id)
    return await channel_lists.matching_in_team(
        desk.work, team_id, who.user_id, term, public=False, own=True, limit=AUTOCOMPLETE_LIMIT
    )


async def search(desk: Desk, who: Who, team_id: str, term: str) -> list[Channel]:
    """The public channels of a team whose names contain a term; for guests, their own. Raises Forbidden."""
    roles = await standing.in_team(desk.work, who.user_id, team_id)
    permit(who, Permission.VIEW_TEAM, roles)
    lists_public = may(who, Permission.LIST_TEAM_CHANNELS, roles)
    return await channel_lists.matching_in_team(
        desk.work,
        team_id,
        who.user_id,
        term,
        public=lists_public,
        own=not lists_public,
        limit=SEARCH_LIMIT,
    )


async def search_everywhere(
    desk: Desk, who: Who, wanted: Search, *, limit: int, offset: int
) -> tuple[list[ChannelInTeam], int]:
    """The public and private channels of all teams, for administrators, and their number.

    Raises Forbidden.
    """
    permit(who, Permission.MANAGE_SYSTEM)
    return await channel_lists.search(desk.work, wanted, limit=limit, offset=offset)


async def stats(desk: Desk, who: Who, channel_id: str) -> ChannelStats:
    """How much there is in a channel of one's own. Raises UnknownChannel, Forbidden."""
    there = await standing.in_known_channel(desk.work, who.user_id, channel_id)
    there.permit(who, Permission.READ_CHANNEL)
    return await channel_lists.stats(desk.work, channel_id)


async def _permit_in_team(desk: Desk, who: Who, permission: Permission, team_id: str) -> None:
    permit(who, permission, await standing.in_team(desk.work, who.user_id, team_id))


def _may_see(who: Who, there: Standing) -> bool:
    """Whether somebody may know of a channel: public ones without being in them."""
    if there.channel.type == ChannelType.PUBLIC and there.may(who, Permission.READ_PUBLIC_CHANNEL):
        return True
    return there.may(who, Permission.READ_CHANNEL)
