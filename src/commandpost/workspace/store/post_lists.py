"""Queries about many posts: of a channel, around a place in it, of a thread, pinned, saved.

Posts of a channel are ordered by time and, within a millisecond, by arrival.
"""

from collections.abc import Sequence

from commandpost.db import Row, Sql, Work
from commandpost.workspace.model.post import Post
from commandpost.workspace.store.posts import COLUMNS, post_of

_IN_CHANNEL = f"SELECT {COLUMNS} FROM posts p WHERE p.channel_id = :channel_id AND p.delete_at = 0"
_NEWEST_FIRST = "ORDER BY p.create_at DESC, p.seq DESC LIMIT :limit OFFSET :offset"
_OLDEST_FIRST = "ORDER BY p.create_at, p.seq LIMIT :limit OFFSET :offset"
_UNTIL_TIME = Sql(f"{_IN_CHANNEL} AND p.create_at <= :at {_NEWEST_FIRST}")
_AFTER_TIME = Sql(f"{_IN_CHANNEL} AND p.create_at > :at {_OLDEST_FIRST}")
_CHANGED_SINCE = Sql(
    f"SELECT {COLUMNS} FROM posts p WHERE p.channel_id = :channel_id AND p.update_at > :since"
    " ORDER BY p.create_at DESC, p.seq DESC LIMIT :limit"
)
_PINNED = Sql(f"{_IN_CHANNEL} AND p.is_pinned ORDER BY p.create_at DESC, p.seq DESC LIMIT :limit")
_REPLIES = f"SELECT {COLUMNS} FROM posts p WHERE p.root_id = :root_id AND p.root_id <> '' AND p.delete_at = 0"
_REPLY_PLACE = (
    "(:at, COALESCE((SELECT c.seq FROM posts c WHERE c.id = :post_id AND c.root_id = :root_id), :seq))"
)
_REPLIES_DOWN = Sql(
    f"{_REPLIES} AND (p.create_at, p.seq) > {_REPLY_PLACE} ORDER BY p.create_at, p.seq LIMIT :limit"
)
_REPLIES_UP = Sql(
    f"{_REPLIES} AND (p.create_at, p.seq) < {_REPLY_PLACE} ORDER BY p.create_at DESC, p.seq DESC LIMIT :limit"
)
_SAVED = Sql(
    f"SELECT {COLUMNS} FROM preferences f JOIN posts p ON p.id = f.name"
    " JOIN channels c ON c.id = p.channel_id"
    " JOIN channel_members m ON m.channel_id = p.channel_id AND m.user_id = f.user_id"
    " WHERE f.user_id = :user_id AND f.category = 'flagged_post' AND f.value = 'true' AND p.delete_at = 0"
    " AND c.delete_at = 0 AND (:team_id = '' OR c.team_id IN (:team_id, ''))"
    f" AND (:channel_id = '' OR c.id = :channel_id) {_NEWEST_FIRST}"
)

_LAST_SEQ = 2**62


def _posts(rows: Sequence[Row]) -> list[Post]:
    return [post_of(row) for row in rows]


async def until(work: Work, channel_id: str, at: int, *, limit: int) -> list[Post]:
    """A channel's posts up to a time, newest first."""
    return _posts(await work.all(_UNTIL_TIME, channel_id=channel_id, at=at, limit=limit, offset=0))


async def later_than(work: Work, channel_id: str, at: int, *, limit: int) -> list[Post]:
    """A channel's posts after a time, oldest first."""
    return _posts(await work.all(_AFTER_TIME, channel_id=channel_id, at=at, limit=limit, offset=0))


async def changed_since(work: Work, channel_id: str, since: int, *, limit: int) -> list[Post]:
    """A channel's posts made, changed or deleted after a time, newest first."""
    return _posts(await work.all(_CHANGED_SINCE, channel_id=channel_id, since=since, limit=limit))


async def pinned(work: Work, channel_id: str, *, limit: int) -> list[Post]:
    """A channel's pinned posts, newest first."""
    return _posts(await work.all(_PINNED, channel_id=channel_id, limit=limit))


async def replies_after(work: Work, root_id: str, at: int, post_id: str = "", *, limit: int) -> list[Post]:
    """A thread's replies after a time, and after a reply of that very time; oldest first."""
    return _posts(
        await work.all(_REPLIES_DOWN, root_id=root_id, at=at, post_id=post_id, seq=_LAST_SEQ, limit=limit)
    )


async def replies_before(work: Work, root_id: str, at: int, post_id: str = "", *, limit: int) -> list[Post]:
    """A thread's replies before a time, and before a reply of that very time; newest first."""
    return _posts(await work.all(_REPLIES_UP, root_id=root_id, at=at, post_id=post_id, seq=0, limit=limit))


async def saved(
    work: Work, user_id: str, *, team_id: str, channel_id: str, limit: int, offset: int
) -> list[Post]:
    """The posts a user saved for later, in channels they are in: of one team, of one channel, or all ("")."""
    return _posts(
        await work.all(
            _SAVED, user_id=user_id, team_id=team_id, channel_id=channel_id, limit=limit, offset=offset
        )
    )
