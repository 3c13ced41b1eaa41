"""Queries for lists of users: by where they are or are not, what they are, and how they are called."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache

from commandpost.db import Sql, Work
from commandpost.kernel.text import folded, like_escaped
from commandpost.workspace.model.user import User
from commandpost.workspace.store.users import COLUMNS, user_of

_MOST_WORDS = 6


class Order(StrEnum):
    """How a list is sorted; every one ends with the username, so that pages are stable."""

    USERNAME = ""
    CREATE_AT = "create_at"
    LAST_ACTIVITY_AT = "last_activity_at"
    STATUS = "status"
    ADMIN = "admin"


_ORDER_BY = {
    Order.USERNAME: "u.username",
    Order.CREATE_AT: "u.create_at DESC, u.username",
    Order.LAST_ACTIVITY_AT: (
        "COALESCE((SELECT s.last_activity_at FROM statuses s WHERE s.user_id = u.id), 0) DESC, u.username"
    ),
    Order.STATUS: (
        "COALESCE((SELECT CASE s.status WHEN 'online' THEN 0 WHEN 'away' THEN 1 WHEN 'dnd' THEN 2 ELSE 3 END"
        " FROM statuses s WHERE s.user_id = u.id), 3), u.username"
    ),
    Order.ADMIN: (
        "CASE WHEN EXISTS (SELECT 1 FROM channel_members a WHERE a.user_id = u.id"
        " AND a.channel_id = :in_channel AND a.roles LIKE '%channel_admin%') THEN 0 ELSE 1 END, u.username"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which users: all that fit every condition that is given ("" and False are none).

    `met_by` leaves only those who share a channel with that user, and the user.
    """

    in_team: str = ""
    not_in_team: str = ""
    in_channel: str = ""
    not_in_channel: str = ""
    met_by: str = ""
    role: str = ""
    without_team: bool = False
    only_active: bool = False
    only_inactive: bool = False
    without_bots: bool = False


_IN_A_TEAM = "SELECT 1 FROM team_members t WHERE t.user_id = u.id AND t.delete_at = 0"
_IN_CHANNEL = "SELECT 1 FROM channel_members c WHERE c.user_id = u.id AND c.channel_id ="
_CONDITIONS = {
    "in_team": f"EXISTS ({_IN_A_TEAM} AND t.team_id = :in_team)",
    "not_in_team": f"NOT EXISTS ({_IN_A_TEAM} AND t.team_id = :not_in_team)",
    "in_channel": f"EXISTS ({_IN_CHANNEL} :in_channel)",
    "not_in_channel": f"NOT EXISTS ({_IN_CHANNEL} :not_in_channel)",
    "met_by": (
        "(u.id = :met_by OR EXISTS (SELECT 1 FROM channel_members mine JOIN channel_members theirs"
        " ON theirs.channel_id = mine.channel_id WHERE mine.user_id = :met_by AND theirs.user_id = u.id))"
    ),
    "role": r"' ' || u.roles || ' ' LIKE '% ' || :role || ' %' ESCAPE '\'",
    "without_team": f"NOT EXISTS ({_IN_A_TEAM})",
    "only_active": "u.delete_at = 0",
    "only_inactive": "u.delete_at > 0",
    "without_bots": "u.is_bot = FALSE",
}
_PARAMETERS = frozenset({"in_team", "not_in_team", "in_channel", "not_in_channel", "met_by", "role"})

_COUNT = Sql("SELECT COUNT(*) FROM users WHERE delete_at = 0")
_KNOWN = Sql(
    "SELECT DISTINCT theirs.user_id FROM channel_members mine"
    " JOIN channel_members theirs ON theirs.channel_id = mine.channel_id"
    " WHERE mine.user_id = :user_id AND theirs.user_id <> :user_id ORDER BY theirs.user_id"
)
_IN_GROUP_CHANNELS = Sql(
    f"SELECT m.channel_id, {COLUMNS} FROM channel_members m JOIN channels c ON c.id = m.channel_id"
    " JOIN users u ON u.id = m.user_id"
    " WHERE m.channel_id IN (:channel_ids...) AND c.type = 'G' AND m.user_id <> :user_id"
    " AND EXISTS (SELECT 1 FROM channel_members mine WHERE mine.channel_id = m.channel_id"
    " AND mine.user_id = :user_id) ORDER BY m.channel_id, u.username"
)


async def page(
    work: Work, wanted: Wanted, order: Order = Order.USERNAME, *, limit: int, offset: int = 0
) -> list[User]:
    """A page of the wanted users."""
    sql = _statement(_named(wanted), order, words=0, with_email=False)
    rows = await work.all(sql, **_values(wanted), limit=limit, offset=offset)
    return [user_of(row) for row in rows]


async def called(
    work: Work, wanted: Wanted, term: str, *, limit: int, with_email: bool = False
) -> list[User]:
    """Those wanted whose names have a word that begins so, for every word of the term, by username.

    With `with_email`, the beginning of the address will do as well.
    """
    words = folded(term).split()[:_MOST_WORDS]
    sql = _statement(_named(wanted), Order.USERNAME, words=len(words), with_email=with_email)
    patterns = {f"word{n}": like_escaped(word) + "%" for n, word in enumerate(words)}
    rows = await work.all(sql, **_values(wanted), **patterns, limit=limit, offset=0)
    return [user_of(row) for row in rows]


async def count(work: Work) -> int:
    """How many active accounts there are, bots among them."""
    return await work.value(_COUNT)


async def known_by(work: Work, user_id: str) -> list[str]:
    """The ids of those who share a channel with a user."""
    return [row["user_id"] for row in await work.all(_KNOWN, user_id=user_id)]


async def in_group_channels(work: Work, user_id: str, channel_ids: Sequence[str]) -> dict[str, list[User]]:
    """The other members of each of the group channels that a user is in."""
    found: dict[str, list[User]] = {}
    for row in await work.all(_IN_GROUP_CHANNELS, user_id=user_id, channel_ids=list(channel_ids)):
        found.setdefault(row["channel_id"], []).append(user_of(row))
    return found


def _named(wanted: Wanted) -> tuple[str, ...]:
    return tuple(field.name for field in fields(wanted) if getattr(wanted, field.name))


def _values(wanted: Wanted) -> dict[str, object]:
    given = {name: getattr(wanted, name) for name in _named(wanted) if name in _PARAMETERS}
    return {**given, "role": like_escaped(wanted.role)} if wanted.role else given


@cache
def _statement(named: tuple[str, ...], order: Order, *, words: int, with_email: bool) -> Sql:
    conditions = [_CONDITIONS[name] for name in named]
    for n in range(words):
        match = f"' ' || u.search_text LIKE '% ' || :word{n} ESCAPE '\\'"
        conditions.append(f"({match} OR u.email LIKE :word{n} ESCAPE '\\')" if with_email else match)
    where = " AND ".join(conditions) or "TRUE"
    return Sql(
        f"SELECT {COLUMNS} FROM users u WHERE {where} ORDER BY {_ORDER_BY[order]} LIMIT :limit OFFSET :offset"
    )
