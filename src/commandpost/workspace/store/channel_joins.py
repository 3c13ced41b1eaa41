"""Queries by which users become members of channels, and cease to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from commandpost.db import Row, Sql, Work
from commandpost.workspace.model.channel import CHANNEL_USER, DEFAULT_NOTIFY_PROPS, Channel, ChannelMember

_NEW_NOTIFY_PROPS = msgspec.json.encode(DEFAULT_NOTIFY_PROPS).decode()

_ADD = (
    "INSERT INTO channel_members (channel_id, user_id, roles, notify_props, last_update_at, join_at)"
    " SELECT {channel}, u.id, CASE WHEN u.roles LIKE '%system_guest%' THEN 'channel_guest' ELSE :roles END,"
    " :notify_props, CAST(:at AS BIGINT), CAST(:at AS BIGINT) FROM {source}"
    " ON CONFLICT DO NOTHING RETURNING channel_id, user_id, roles,"
    " (SELECT username FROM users WHERE id = channel_members.user_id) AS username"
)
_ADD_FROM_TEAM = Sql(
    _ADD.format(
        channel="t.channel_id",
        source="(SELECT CAST(:channel_id AS TEXT) AS channel_id, user_id FROM team_members"
        " WHERE team_id = :team_id AND user_id = :user_id AND delete_at = 0) AS t"
        " JOIN users u ON u.id = t.user_id WHERE u.delete_at = 0",
    )
)
_ADD_TO_DIRECT = Sql(
    _ADD.format(channel="CAST(:channel_id AS TEXT)", source="users u WHERE u.id IN (:user_ids...)")
)
_ADD_TO_SEVERAL = Sql(
    _ADD.format(
        channel="c.id", source="channels c JOIN users u ON u.id = :user_id WHERE c.id IN (:channel_ids...)"
    )
)
_ADD_PAST = Sql(
    "INSERT INTO channel_members (channel_id, user_id, roles, notify_props, last_update_at, join_at,"
    " last_viewed_at, msg_count, msg_count_root)"
    " VALUES (:channel_id, :user_id, :roles, :notify_props, :viewed_at, :at, :viewed_at, :total, :total)"
)
_REMOVE = Sql(
    "DELETE FROM channel_members WHERE channel_id = :channel_id AND user_id = :user_id RETURNING join_at"
)
_REMOVE_FROM_TEAM = Sql(
    "DELETE FROM channel_members WHERE user_id = :user_id"
    " AND channel_id IN (SELECT id FROM channels WHERE team_id = :team_id) RETURNING channel_id, join_at"
)
_ADD_HISTORY = Sql(
    "INSERT INTO channel_member_history (channel_id, user_id, join_time, leave_time)"
    " VALUES (:channel_id, :user_id, :join_time, :leave_time)"
    " ON CONFLICT (channel_id, user_id, join_time) DO UPDATE SET leave_time = excluded.leave_time"
)
_FORGET_SIDEBAR = Sql(
    "DELETE FROM sidebar_channels WHERE user_id = :user_id AND channel_id IN (:channel_ids...)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A membership that was not there before, with its user's name."""

    member: ChannelMember
    username: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastMembership:
    """A membership that began at `join_at`, of a channel without threads."""

    channel: Channel
    user_id: str
    join_at: int


async def add(work: Work, channel: Channel, user_id: str, *, roles: str, at: int) -> Added | None:
    """Make an active member of the team a member of its channel; None if they already are, or are no such."""
    row = await work.one(
        _ADD_FROM_TEAM,
        channel_id=channel.id,
        team_id=channel.team_id,
        user_id=user_id,
        roles=roles,
        notify_props=_NEW_NOTIFY_PROPS,
        at=at,
    )
    return _added(row, at) if row else None


async def add_to_direct(work: Work, channel_id: str, user_ids: Sequence[str], at: int) -> list[Added]:
    """Make users members of their direct or group channel; gives those who were not yet."""
    rows = await work.all(
        _ADD_TO_DIRECT,
        channel_id=channel_id,
        user_ids=list(user_ids),
        roles=CHANNEL_USER,
        notify_props=_NEW_NOTIFY_PROPS,
        at=at,
    )
    return [_added(row, at) for row in rows]


async def add_to_several(
    work: Work, channel_ids: Sequence[str], *, user_id: str, roles: str, at: int
) -> list[Added]:
    """Make a user a member of several channels; gives the memberships that are new."""
    rows = await work.all(
        _ADD_TO_SEVERAL,
        channel_ids=list(channel_ids),
        user_id=user_id,
        roles=roles,
        notify_props=_NEW_NOTIFY_PROPS,
        at=at,
    )
    return [_added(row, at) for row in rows]


async def add_past(work: Work, memberships: Sequence[PastMembership]) -> None:
    """Store memberships that began earlier, with everything viewed."""
    await work.run_many(
        _ADD_PAST,
        [
            {
                "channel_id": one.channel.id,
                "user_id": one.user_id,
                "roles": CHANNEL_USER,
                "notify_props": _NEW_NOTIFY_PROPS,
                "at": one.join_at,
                "viewed_at": one.channel.last_post_at,
                "total": one.channel.total_msg_count,
            }
            for one in memberships
        ],
    )


async def remove(work: Work, channel_id: str, user_id: str, at: int) -> bool:
    """End a membership and keep it in the history; False if there was none."""
    joined = await work.value(_REMOVE, channel_id=channel_id, user_id=user_id)
    if joined is None:
        return False
    await _remember(work, user_id, {channel_id: joined}, at)
    return True


async def remove_from_team(work: Work, team_id: str, user_id: str, at: int) -> list[str]:
    """End a user's memberships of all channels of a team; gives the channels' ids."""
    rows = await work.all(_REMOVE_FROM_TEAM, team_id=team_id, user_id=user_id)
    joined = {row["channel_id"]: row["join_at"] for row in rows}
    if joined:
        await _remember(work, user_id, joined, at)
    return list(joined)


async def _remember(work: Work, user_id: str, joined: Mapping[str, int], at: int) -> None:
    await work.run_many(
        _ADD_HISTORY,
        [
            {"channel_id": channel_id, "user_id": user_id, "join_time": join_time, "leave_time": at}
            for channel_id, join_time in joined.items()
        ],
    )
    await work.run(_FORGET_SIDEBAR, user_id=user_id, channel_ids=list(joined))


def _added(row: Row, at: int) -> Added:
    member = ChannelMember(
        channel_id=row["channel_id"],
        user_id=row["user_id"],
        roles=row["roles"],
        notify_props=dict(DEFAULT_NOTIFY_PROPS),
        last_update_at=at,
    )
    return Added(member=member, username=row["username"])
