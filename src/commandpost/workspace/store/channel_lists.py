"""Queries that list channels: a user's own, those of a team to browse, those that match a term.

All lists are ordered by display name without regard to case, then by id.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from commandpost.db import Sql, Work
from commandpost.kernel.text import folded, like_escaped
from commandpost.workspace.model.channel import Channel
from commandpost.workspace.store.channels import COLUMNS, NEVER, channel_of

_ORDER = "ORDER BY c.search_text, c.id"
_PAGE = f"{_ORDER} LIMIT :limit OFFSET :offset"
_MATCHES = r"c.search_text LIKE :pattern ESCAPE '\'"
_MINE = (
    f"SELECT {COLUMNS} FROM channel_members m JOIN channels c ON c.id = m.channel_id"
    " WHERE m.user_id = :user_id AND (c.delete_at = 0 OR c.delete_at >= :deleted_since)"
)
_IS_MINE = "c.id IN (SELECT channel_id FROM channel_members WHERE user_id = :user_id)"
_LONGEST_TERM = 128

_OF_USER_IN_TEAM = Sql(f"{_MINE} AND c.team_id IN (:team_ids...) {_ORDER}")
_OF_USER = Sql(f"{_MINE} {_ORDER}")
_IN_TEAM = Sql(
    f"SELECT {COLUMNS} FROM channels c"
    f" WHERE c.team_id = :team_id AND c.type = :type AND c.delete_at = 0 {_PAGE}"
)
_ARCHIVED = Sql(
    f"SELECT {COLUMNS} FROM channels c WHERE c.team_id = :team_id AND c.delete_at > 0"
    f" AND (c.type = 'O' OR :everything OR {_IS_MINE}) {_PAGE}"
)
_PUBLIC_BY_IDS = Sql(
    f"SELECT {COLUMNS} FROM channels c"
    f" WHERE c.team_id = :team_id AND c.type = 'O' AND c.id IN (:ids...) {_ORDER}"
)
_MATCHING_IN_TEAM = Sql(
    f"SELECT {COLUMNS} FROM channels c WHERE c.team_id = :team_id AND c.delete_at = 0"
    f" AND ((c.type = 'O' AND :public) OR (:own AND {_IS_MINE})) AND {_MATCHES} {_ORDER} LIMIT :limit"
)
_SEARCHED = (
    f"FROM channels c JOIN teams t ON t.id = c.team_id WHERE c.type IN (:types...)"
    f" AND (:any_team OR c.team_id IN (:team_ids...)) AND (c.delete_at = 0 OR :archived)"
    f" AND (c.delete_at > 0 OR :living) AND c.name NOT IN (:left_out...) AND {_MATCHES}"
)
_SEARCH = Sql(
    f"SELECT {COLUMNS}, t.name AS team_name, t.display_name AS team_display_name {_SEARCHED} {_PAGE}"
)
_COUNT_SEARCHED = Sql(f"SELECT count(*) {_SEARCHED}")
_STATS = Sql(
    "SELECT count(*) AS members, coalesce(sum(CASE WHEN m.roles LIKE '%channel_guest%' THEN 1 ELSE 0 END), 0)"
    " AS guests, (SELECT count(*) FROM posts WHERE channel_id = :channel_id AND is_pinned AND delete_at = 0)"
    " AS pinned_posts, (SELECT count(*) FROM files WHERE channel_id = :channel_id AND post_id <> ''"
    " AND delete_at = 0) AS files"
    " FROM channel_members m JOIN users u ON u.id = m.user_id"
    " WHERE m.channel_id = :channel_id AND u.delete_at = 0"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Which public and private channels of which teams an administrator looks for; no teams are all teams."""

    term: str
    types: tuple[str, ...]
    team_ids: tuple[str, ...]
    living: bool
    archived: bool
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelInTeam:
    """A channel with what its team is called."""

    channel: Channel
    team_name: str
    team_display_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelStats:
    """How much there is in a channel; deactivated members do not count."""

    members: int
    guests: int
    pinned_posts: int
    files: int


async def of_user_in_team(
    work: Work, user_id: str, team_id: str, *, deleted_since: int = NEVER
) -> list[Channel]:
    """The channels of a team that a user is in, with all of their direct and group channels.

    Archived ones only if archived at `deleted_since` or later.
    """
    rows = await work.all(
        _OF_USER_IN_TEAM, user_id=user_id, team_ids=[team_id, ""], deleted_since=deleted_since
    )
    return [channel_of(row) for row in rows]


async def of_user(work: Work, user_id: str, *, deleted_since: int = NEVER) -> list[Channel]:
    """All channels a user is in; archived ones only if archived at `deleted_since` or later."""
    rows = await work.all(_OF_USER, user_id=user_id, deleted_since=deleted_since)
    return [channel_of(row) for row in rows]


async def in_team(work: Work, team_id: str, kind: str, *, limit: int, offset: int) -> list[Channel]:
    """The public, or the private, channels of a team."""
    rows = await work.all(_IN_TEAM, team_id=team_id, type=kind, limit=limit, offset=offset)
    return [channel_of(row) for row in rows]


async def archived_in_team(
    work: Work, team_id: str, user_id: str, *, everything: bool, limit: int, offset: int
) -> list[Channel]:
    """The archived channels of a team: public ones and the user's own, or everything."""
    rows = await work.all(
        _ARCHIVED, team_id=team_id, user_id=user_id, everything=everything, limit=limit, offset=offset
    )
    return [channel_of(row) for row in rows]


async def public_by_ids(work: Work, team_id: str, channel_ids: Sequence[str]) -> list[Channel]:
    """Those of the ids that are public channels of a team, archived ones included."""
    rows = await work.all(_PUBLIC_BY_IDS, team_id=team_id, ids=list(channel_ids))
    return [channel_of(row) for row in rows]


async def matching_in_team(
    work: Work, team_id: str, user_id: str, term: str, *, public: bool, own: bool, limit: int
) -> list[Channel]:
    """The public channels of a team, or a user's own there, or both, whose names contain a term."""
    rows = await work.all(
        _MATCHING_IN_TEAM,
        team_id=team_id,
        user_id=user_id,
        pattern=_pattern(term),
        public=public,
        own=own,
        limit=limit,
    )
    return [channel_of(row) for row in rows]


async def search(work: Work, wanted: Search, *, limit: int, offset: int) -> tuple[list[ChannelInTeam], int]:
    """One page of what an administrator looks for, and how many there are."""
    params = {
        "pattern": _pattern(wanted.term),
        "types": list(wanted.types),
        "team_ids": list(wanted.team_ids),
        "any_team": not wanted.team_ids,
        "living": wanted.living,
        "archived": wanted.archived,
        "left_out": list(wanted.left_out),
    }
    rows = await work.all(_SEARCH, **params, limit=limit, offset=offset)
    found = [
        ChannelInTeam(
            channel=channel_of(row), team_name=row["team_name"], team_display_name=row["team_display_name"]
        )
        for row in rows
    ]
    return found, await work.value(_COUNT_SEARCHED, **params)


async def stats(work: Work, channel_id: str) -> ChannelStats:
    """How much there is in a channel."""
    row = await work.one(_STATS, channel_id=channel_id)
    assert row is not None
    return ChannelStats(
        members=row["members"], guests=row["guests"], pinned_posts=row["pinned_posts"], files=row["files"]
    )


def _pattern(term: str) -> str:
    return f"%{like_escaped(folded(term[:_LONGEST_TERM]))}%"
