"""Queries about the members of channels: found, listed, and what each wants to be told of."""

from collections.abc import Sequence

import msgspec

from commandpost.db import Row, Sql, Work
from commandpost.workspace.model.channel import ChannelMember
from commandpost.workspace.store.channels import NEVER

COLUMNS = (
    "m.channel_id, m.user_id, m.roles, m.last_viewed_at, m.msg_count, m.msg_count_root, m.mention_count,"
    " m.mention_count_root, m.notify_props, m.last_update_at"
)
"""What `member_of` reads, of a channel_members table called `m`."""

_encode = msgspec.json.encode
_decode_map = msgspec.json.Decoder(dict[str, str]).decode

_MEMBER = Sql(
    f"SELECT {COLUMNS} FROM channel_members m WHERE m.channel_id = :channel_id AND m.user_id = :user_id"
)
_LOCKED = Sql(
    f"SELECT {COLUMNS} FROM channel_members m WHERE m.channel_id = :channel_id AND m.user_id = :user_id",
    postgresql=f"SELECT {COLUMNS} FROM channel_members m"
    " WHERE m.channel_id = :channel_id AND m.user_id = :user_id FOR UPDATE",
)
_PAGE = Sql(
    f"SELECT {COLUMNS} FROM channel_members m WHERE m.channel_id = :channel_id"
    " ORDER BY m.user_id LIMIT :limit OFFSET :offset"
)
_OF_USERS = Sql(
    f"SELECT {COLUMNS} FROM channel_members m"
    " WHERE m.channel_id = :channel_id AND m.user_id IN (:user_ids...) ORDER BY m.user_id"
)
_OF_USER_IN_CHANNELS = Sql(
    f"SELECT {COLUMNS} FROM channel_members m"
    " WHERE m.user_id = :user_id AND m.channel_id IN (:channel_ids...) ORDER BY m.channel_id"
)
_OF_USER_IN_TEAM = Sql(
    f"SELECT {COLUMNS} FROM channel_members m JOIN channels c ON c.id = m.channel_id"
    " WHERE m.user_id = :user_id AND c.team_id IN (:team_ids...)"
    " AND (c.delete_at = 0 OR c.delete_at >= :deleted_since)"
    " ORDER BY m.channel_id"
)
_OF_USER = Sql(
    f"SELECT {COLUMNS} FROM channel_members m WHERE m.user_id = :user_id"
    " ORDER BY m.channel_id LIMIT :limit OFFSET :offset"
)
_IDS = Sql("SELECT user_id FROM channel_members WHERE channel_id = :channel_id ORDER BY user_id")
_SET_ROLES = Sql(
    "UPDATE channel_members SET roles = :roles, last_update_at = :at"
    " WHERE channel_id = :channel_id AND user_id = :user_id"
)
_SET_NOTIFY_PROPS = Sql(
    "UPDATE channel_members SET notify_props = :notify_props, last_update_at = :at"
    " WHERE channel_id = :channel_id AND user_id = :user_id"
)
_TIMEZONES = Sql(
    "SELECT DISTINCT u.timezone FROM channel_members m JOIN users u ON u.id = m.user_id"
    " WHERE m.channel_id = :channel_id AND u.delete_at = 0"
)


def member_of(row: Row) -> ChannelMember:
    """A row of `COLUMNS` as a value."""
    return ChannelMember(
        channel_id=row["channel_id"],
        user_id=row["user_id"],
        roles=row["roles"],
        last_viewed_at=row["last_viewed_at"],
        msg_count=row["msg_count"],
        msg_count_root=row["msg_count_root"],
        mention_count=row["mention_count"],
        mention_count_root=row["mention_count_root"],
        notify_props=_decode_map(row["notify_props"]),
        last_update_at=row["last_update_at"],
    )


async def member(work: Work, channel_id: str, user_id: str) -> ChannelMember | None:
    row = await work.one(_MEMBER, channel_id=channel_id, user_id=user_id)
    return member_of(row) if row else None


async def locked(work: Work, channel_id: str, user_id: str) -> ChannelMember | None:
    """A membership to be changed by this work: nobody else changes it meanwhile."""
    row = await work.one(_LOCKED, channel_id=channel_id, user_id=user_id)
    return member_of(row) if row else None


async def ids(work: Work, channel_id: str) -> list[str]:
    """The ids of all members."""
    return [row["user_id"] for row in await work.all(_IDS, channel_id=channel_id)]


async def page(work: Work, channel_id: str, *, limit: int, offset: int) -> list[ChannelMember]:
    rows = await work.all(_PAGE, channel_id=channel_id, limit=limit, offset=offset)
    return [member_of(row) for row in rows]


async def of_users(work: Work, channel_id: str, user_ids: Sequence[str]) -> list[ChannelMember]:
    """The memberships of a channel of those among some users who are members."""
    return [member_of(r) for r in await work.all(_OF_USERS, channel_id=channel_id, user_ids=list(user_ids))]


async def of_user_in(work: Work, user_id: str, channel_ids: Sequence[str]) -> list[ChannelMember]:
    """A user's memberships among some channels."""
    rows = await work.all(_OF_USER_IN_CHANNELS, user_id=user_id, channel_ids=list(channel_ids))
    return [member_of(row) for row in rows]


async def of_user_in_team(
    work: Work, user_id: str, team_id: str, *, deleted_since: int = NEVER
) -> list[ChannelMember]:
    """A user's memberships in a team, with all of their direct and group channels."""
    rows = await work.all(
        _OF_USER_IN_TEAM, user_id=user_id, team_ids=[team_id, ""], deleted_since=deleted_since
    )
    return [member_of(row) for row in rows]


async def of_user(work: Work, user_id: str, *, limit: int, offset: int) -> list[ChannelMember]:
    """A user's memberships everywhere."""
    rows = await work.all(_OF_USER, user_id=user_id, limit=limit, offset=offset)
    return [member_of(row) for row in rows]


async def set_roles(work: Work, channel_id: str, user_id: str, roles: str, at: int) -> None:
    await work.run(_SET_ROLES, channel_id=channel_id, user_id=user_id, roles=roles, at=at)


async def set_notify_props(work: Work, members: Sequence[ChannelMember]) -> None:
    """Store what some members want to be told of; the time of change is in each."""
    await work.run_many(
        _SET_NOTIFY_PROPS,
        [
            {
                "channel_id": member.channel_id,
                "user_id": member.user_id,
                "notify_props": _encode(member.notify_props).decode(),
                "at": member.last_update_at,
            }
            for member in members
        ],
    )


async def timezones(work: Work, channel_id: str) -> list[dict[str, str]]:
    """The different time zone settings among a channel's members."""
    return [_decode_map(row["timezone"]) for row in await work.all(_TIMEZONES, channel_id=channel_id)]
