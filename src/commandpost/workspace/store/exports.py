"""Queries of an export: a channel's posts page by page, each page beginning where the last one ended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from commandpost.db import Row, Sql, Work
from commandpost.workspace.model.export import Author, ExportedFile

_COLUMNS = (
    "p.seq, p.id, p.create_at, p.user_id, p.root_id, p.message, p.type, p.reply_count,"
    " p.file_ids <> '[]' AS has_files"
)
_LIVE = "p.channel_id = :channel_id AND p.delete_at = 0"
_NEWEST_FIRST = Sql(
    f"SELECT {_COLUMNS} FROM posts p WHERE {_LIVE} AND (p.create_at, p.seq) < (:at, :seq)"
    " ORDER BY p.create_at DESC, p.seq DESC LIMIT :limit"
)
_OLDEST_FIRST = Sql(
    f"SELECT {_COLUMNS} FROM posts p WHERE {_LIVE} AND (p.create_at, p.seq) > (:at, :seq)"
    " ORDER BY p.create_at, p.seq LIMIT :limit"
)
_HISTORY = Sql(
    f"SELECT {_COLUMNS}, p.edit_at, p.delete_at, p.has_reactions FROM posts p"
    " WHERE p.channel_id = :channel_id AND (p.create_at, p.seq) > (:at, :seq)"
    " ORDER BY p.create_at, p.seq LIMIT :limit"
)
_ROOTS = Sql(
    f"SELECT {_COLUMNS} FROM posts p WHERE {_LIVE} AND p.root_id = ''"
    " AND (p.create_at, p.seq) > (:at, :seq) ORDER BY p.create_at, p.seq LIMIT :limit"
)
_REPLIES = Sql(
    f"SELECT {_COLUMNS} FROM posts p WHERE p.root_id IN (:root_ids...) AND p.root_id <> ''"
    " AND p.delete_at = 0 AND (p.create_at, p.seq) > (:at, :seq) ORDER BY p.create_at, p.seq LIMIT :limit"
)
_AUTHORS = Sql("SELECT id, username, email, is_bot FROM users WHERE id IN (:ids...)")
_FILES = Sql(
    "SELECT post_id, name, size FROM files WHERE post_id IN (:post_ids...) AND delete_at = 0"
    " ORDER BY create_at, id"
)

Place: TypeAlias = tuple[int, int]
"""Where a post stands in its channel."""

FIRST: Place = (-1, -1)
"""Before every post."""

LAST: Place = (2**62, 2**62)
"""After every post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPost:
    """What an export reads of a post."""

    id: str
    seq: int
    create_at: int
    user_id: str
    root_id: str
    message: str
    type: str
    reply_count: int
    has_files: bool

    @property
    def place(self) -> Place:
        """Where it stands in its channel."""
        return self.create_at, self.seq


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPost:
    """A post with what became of it; of a deleted one it is not told what it said."""

    said: StoredPost
    edit_at: int
    delete_at: int
    has_reactions: bool


async def newest_first(work: Work, before: Place, *, channel_id: str, limit: int) -> list[StoredPost]:
    """A channel's posts before a place, newest first."""
    rows = await work.scan(_NEWEST_FIRST, channel_id=channel_id, at=before[0], seq=before[1], limit=limit)
    return [_post_of(row) for row in rows]


async def oldest_first(work: Work, after: Place, *, channel_id: str, limit: int) -> list[StoredPost]:
    """A channel's posts after a place, oldest first."""
    rows = await work.scan(_OLDEST_FIRST, channel_id=channel_id, at=after[0], seq=after[1], limit=limit)
    return [_post_of(row) for row in rows]


async def history(work: Work, after: Place, *, channel_id: str, limit: int) -> list[PastPost]:
    """A channel's posts after a place, oldest first, with the deleted ones."""
    rows = await work.scan(_HISTORY, channel_id=channel_id, at=after[0], seq=after[1], limit=limit)
    return [
        PastPost(
            said=replace(_post_of(row), message="", has_files=False) if row["delete_at"] else _post_of(row),
            edit_at=row["edit_at"],
            delete_at=row["delete_at"],
            has_reactions=bool(row["has_reactions"]) and not row["delete_at"],
        )
        for row in rows
    ]


async def roots(work: Work, after: Place, *, channel_id: str, limit: int) -> list[StoredPost]:
    """A channel's posts after a place that are no replies, oldest first."""
    rows = await work.scan(_ROOTS, channel_id=channel_id, at=after[0], seq=after[1], limit=limit)
    return [_post_of(row) for row in rows]


async def replies(work: Work, after: Place, *, root_ids: Sequence[str], limit: int) -> list[StoredPost]:
    """The replies to some posts after a place, oldest first."""
    rows = await work.scan(_REPLIES, root_ids=list(root_ids), at=after[0], seq=after[1], limit=limit)
    return [_post_of(row) for row in rows]


async def authors(work: Work, user_ids: Sequence[str]) -> list[Author]:
    """Those of the users that exist, with their addresses."""
    rows = await work.all(_AUTHORS, ids=list(user_ids))
    return [
        Author(id=row["id"], username=row["username"], email=row["email"], is_bot=bool(row["is_bot"]))
        for row in rows
    ]


async def files(work: Work, post_ids: Sequence[str]) -> dict[str, tuple[ExportedFile, ...]]:
    """The files of posts, by post, in the order of upload."""
    found: dict[str, tuple[ExportedFile, ...]] = {}
    for row in await work.all(_FILES, post_ids=list(post_ids)):
        file = ExportedFile(name=row["name"], size=row["size"])
        found[row["post_id"]] = (*found.get(row["post_id"], ()), file)
    return found


def _post_of(row: Row) -> StoredPost:
    return StoredPost(
        id=row["id"],
        seq=row["seq"],
        create_at=row["create_at"],
        user_id=row["user_id"],
        root_id=row["root_id"],
        message=row["message"],
        type=row["type"],
        reply_count=row["reply_count"],
        has_files=bool(row["has_files"]),
    )
