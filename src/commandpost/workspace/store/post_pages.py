"""The pages of a channel: which posts are on them and in which version, with the reader's roles at once.

The contents are asked for apart (`store.posts`), and only of what the reader does not hold already: a page
that is looked at again and again costs one narrow question.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from commandpost.db import Row, Sql, Work

_LISTED = (
    "p.id, p.update_at, p.root_id, p.create_at, p.seq,"
    " CASE WHEN p.root_id = '' THEN p.reply_count"
    " ELSE (SELECT r.reply_count FROM posts r WHERE r.id = p.root_id) END AS reply_count,"
    " CASE WHEN p.root_id = '' THEN 0"
    " ELSE (SELECT r.update_at FROM posts r WHERE r.id = p.root_id) END AS root_update_at"
)
_PLACE = "(SELECT a.create_at, a.seq FROM posts a WHERE a.id = :post_id AND a.channel_id = :channel_id)"


class Direction(StrEnum):
    """From where a channel is paged: its end backwards, or from one of its posts."""

    FROM_END = ""
    BEFORE = "<"
    AFTER = ">"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where paging begins: at the channel's end, or at the post with this id."""

    direction: Direction = Direction.FROM_END
    post_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A part of a channel: so many posts from a place on, less the first `offset`."""

    place: Place
    limit: int
    offset: int


class Listed(NamedTuple):
    """A post on a page; the root's version, if it is a reply."""

    id: str
    update_at: int
    reply_count: int
    root_id: str
    root_update_at: int


def _page(direction: Direction) -> str:
    condition = f" AND (p.create_at, p.seq) {direction.value} {_PLACE}" if direction.value else ""
    return (
        f"SELECT {_LISTED} FROM posts p WHERE p.channel_id = :channel_id AND p.delete_at = 0{condition}"
        f" {_order(direction, 'p')} LIMIT :limit OFFSET :offset"
    )


def _order(direction: Direction, table: str) -> str:
    way = "" if direction is Direction.AFTER else " DESC"
    return f"ORDER BY {table}.create_at{way}, {table}.seq{way}"


def _page_of_member(direction: Direction) -> str:
    return (
        f"SELECT m.roles, v.* FROM channel_members m LEFT JOIN ({_page(direction)}) AS v ON TRUE"
        f" WHERE m.channel_id = :channel_id AND m.user_id = :user_id {_order(direction, 'v')}"
    )


_PAGES = {direction: Sql(_page(direction)) for direction in Direction}
_PAGES_OF_MEMBER = {direction: Sql(_page_of_member(direction)) for direction in Direction}


async def of_member(work: Work, channel_id: str, user_id: str, span: Span) -> tuple[str, list[Listed]] | None:
    """A member's roles in a channel and a part of its posts; None for who is no member.

    In the place's direction: newest first, but after a post the oldest first.
    """
    rows = await work.all(
        _PAGES_OF_MEMBER[span.place.direction],
        channel_id=channel_id,
        user_id=user_id,
        limit=span.limit,
        offset=span.offset,
        **_place(span),
    )
    if not rows:
        return None
    return rows[0]["roles"], [_listed(row) for row in rows if row["id"] is not None]


async def of_channel(work: Work, channel_id: str, span: Span) -> list[Listed]:
    """A part of a channel's posts, in the place's direction."""
    rows = await work.all(
        _PAGES[span.place.direction],
        channel_id=channel_id,
        limit=span.limit,
        offset=span.offset,
        **_place(span),
    )
    return [_listed(row) for row in rows]


def _place(span: Span) -> dict[str, str]:
    return {"post_id": span.place.post_id} if span.place.direction.value else {}


def _listed(row: Row) -> Listed:
    return Listed(row["id"], row["update_at"], row["reply_count"], row["root_id"], row["root_update_at"])
