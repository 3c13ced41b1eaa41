"""Queries about single posts, and the ones that make them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from commandpost.db import Row, Sql, Work
from commandpost.workspace.model.post import Post
from commandpost.workspace.model.search import search_text_of

_NAMES = (
    "id, create_at, update_at, edit_at, delete_at, is_pinned, user_id, channel_id, root_id, message, type,"
    " props, hashtags, file_ids, has_reactions, reply_count, last_reply_at"
)
COLUMNS = ", ".join(f"p.{name}" for name in _NAMES.split(", "))
"""What `post_of` reads, of a posts table called `p`."""

_BY_ID = Sql(f"SELECT {COLUMNS} FROM posts p WHERE p.id = :id")
_BY_IDS = Sql(f"SELECT {COLUMNS} FROM posts p WHERE p.id IN (:ids...)")
_TEXTS = Sql("SELECT p.id, p.message FROM posts p WHERE p.id IN (:ids...) AND p.delete_at = 0")
_ANY_WITH_IDS = Sql(
    "SELECT 1 FROM posts p WHERE p.id IN (SELECT value FROM json_each(:ids)) LIMIT 1",
    postgresql="SELECT 1 FROM posts p WHERE p.id IN (SELECT jsonb_array_elements_text(:ids::jsonb)) LIMIT 1",
)
_LOCKED = Sql(
    f"SELECT {COLUMNS} FROM posts p WHERE p.id = :id",
    postgresql=f"SELECT {COLUMNS} FROM posts p WHERE p.id = :id FOR UPDATE",
)
_BY_PENDING = Sql(
    f"SELECT {COLUMNS}, p.pending_post_id FROM posts p"
    " WHERE p.user_id IN (:user_ids...) AND p.pending_post_id IN (:pending_ids...)"
    " AND p.pending_post_id <> '' ORDER BY p.seq"
)
_ADDED = {
    "id": "text",
    "create_at": "bigint",
    "update_at": "bigint",
    "user_id": "text",
    "channel_id": "text",
    "root_id": "text",
    "message": "text",
    "type": "text",
    "props": "text",
    "hashtags": "text",
    "file_ids": "text",
    "pending_post_id": "text",
    "search_text": "text",
}
_ADD = Sql(f"INSERT INTO posts ({', '.join(_ADDED)}) VALUES ({', '.join(f':{name}' for name in _ADDED)})")
_ADD_AT_ONCE = Sql(
    f"INSERT INTO posts ({', '.join(_ADDED)}) SELECT * FROM jsonb_to_recordset(:rows::jsonb)"
    f" AS added({', '.join(f'{name} {kind}' for name, kind in _ADDED.items())})"
)
_PASSED = Sql(
    "UPDATE posts SET edit_at = :edit_at, delete_at = :delete_at, has_reactions = :has_reactions"
    " WHERE id = :id"
)
_REPLIED = Sql(
    "UPDATE posts SET reply_count = reply_count + :count, last_reply_at = :at,"
    " update_at = CASE WHEN update_at < :at THEN :at ELSE update_at + 1 END WHERE id = :id"
)
_SAVE = Sql(
    "UPDATE posts SET update_at = :update_at, edit_at = :edit_at, is_pinned = :is_pinned, message = :message,"
    " props = :props, hashtags = :hashtags, type = :type, file_ids = :file_ids,"
    " search_text = :search_text WHERE id = :id"
)
_DELETE = Sql(
    "UPDATE posts SET delete_at = :at, update_at = :at WHERE delete_at = 0 AND (id = :id OR root_id = :id)"
    f" RETURNING {_NAMES}"
)
_UNREPLIED = Sql(
    "UPDATE posts SET reply_count = reply_count - 1,"
    " update_at = CASE WHEN update_at < :at THEN :at ELSE update_at + 1 END"
    " WHERE id = :id AND reply_count > 0"
)

_encode = msgspec.json.Encoder().encode
_decode_props = msgspec.json.Decoder(dict[str, Any]).decode
_decode_file_ids = msgspec.json.Decoder(tuple[str, ...]).decode


def post_of(row: Row, *, pending_post_id: str = "") -> Post:
    """The post in a row of COLUMNS."""
    props: str = row["props"]
    file_ids: str = row["file_ids"]
    return Post(
        id=row["id"],
        create_at=row["create_at"],
        update_at=row["update_at"],
        edit_at=row["edit_at"],
        delete_at=row["delete_at"],
        is_pinned=bool(row["is_pinned"]),
        user_id=row["user_id"],
        channel_id=row["channel_id"],
        root_id=row["root_id"],
        message=row["message"],
        type=row["type"],
        props={} if props == "{}" else _decode_props(props),
        hashtags=row["hashtags"],
        file_ids=() if file_ids == "[]" else _decode_file_ids(file_ids),
        pending_post_id=pending_post_id,
        has_reactions=bool(row["has_reactions"]),
        reply_count=row["reply_count"],
        last_reply_at=row["last_reply_at"],
    )


async def by_id(work: Work, post_id: str) -> Post | None:
    """A post, deleted ones too."""
    row = await work.one(_BY_ID, id=post_id)
    return None if row is None else post_of(row)


async def by_ids(work: Work, post_ids: Sequence[str]) -> dict[str, Post]:
    """The posts with these ids, deleted ones too; unknown ids are left out."""
    rows = await work.all(_BY_IDS, ids=list(post_ids)) if post_ids else ()
    return {row["id"]: post_of(row) for row in rows}


async def texts(work: Work, post_ids: Sequence[str]) -> dict[str, str]:
    """What the posts with these ids say; deleted and unknown ones are left out."""
    rows = await work.all(_TEXTS, ids=post_ids) if post_ids else ()
    return {row["id"]: row["message"] for row in rows}


async def any_with_ids(work: Work, post_ids: Collection[str]) -> bool:
    """Whether there is a post, deleted perhaps, with one of these ids."""
    return await work.value(_ANY_WITH_IDS, ids=_encode(list(post_ids)).decode()) is not None


async def locked(work: Work, post_id: str) -> Post | None:
    """A post, deleted ones too, that nobody else changes until this work is committed."""
    row = await work.one(_LOCKED, id=post_id)
    return None if row is None else post_of(row)


async def by_pending_ids(work: Work, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Post]:
    """The first post made under each pair of author and pending id, where there is one."""
    pairs = list(wanted)
    if not pairs:
        return {}
    rows = await work.all(
        _BY_PENDING, user_ids=[user_id for user_id, _ in pairs], pending_ids=[pending for _, pending in pairs]
    )
    found: dict[tuple[str, str], Post] = {}
    for row in rows:
        pending: str = row["pending_post_id"]
        found.setdefault((row["user_id"], pending), post_of(row, pending_post_id=pending))
    return found


async def add(work: Work, posts: Sequence[Post]) -> None:
    """Store new posts, in this order; the roots of replies among them count them."""
    await work.put_many(_ADD, [_values(post) for post in posts], at_once=_ADD_AT_ONCE)
    replies: dict[str, dict[str, Any]] = {}
    answers = (post for post in posts if post.root_id and not post.delete_at)
    for post in sorted(answers, key=lambda post: post.root_id):
        root = replies.setdefault(post.root_id, {"id": post.root_id, "at": 0, "count": 0})
        root["at"] = max(root["at"], post.create_at)
        root["count"] += 1
    await work.put_many(_REPLIED, list(replies.values()))


async def add_past(work: Work, posts: Sequence[Post]) -> None:
    """Store posts that are not new: some were edited or deleted, or have reactions."""
    await add(work, posts)
    await work.put_many(
        _PASSED,
        [
            {
                "id": post.id,
                "edit_at": post.edit_at,
                "delete_at": post.delete_at,
                "has_reactions": post.has_reactions,
            }
            for post in posts
            if post.edit_at or post.delete_at or post.has_reactions
        ],
    )


async def save(work: Work, post: Post) -> None:
    """Store what of a post can change by editing or pinning."""
    await work.run(
        _SAVE,
        id=post.id,
        update_at=post.update_at,
        edit_at=post.edit_at,
        is_pinned=post.is_pinned,
        message=post.message,
        props=_encode(post.props).decode(),
        hashtags=post.hashtags,
        type=post.type,
        file_ids=_encode(post.file_ids).decode(),
        search_text=search_text_of(post),
    )


async def delete(work: Work, post: Post, at: int) -> list[Post]:
    """Mark a post as deleted, and its replies if it is a root; gives all that were not deleted before."""
    rows = await work.all(_DELETE, id=post.id, at=at)
    if post.root_id:
        await work.run(_UNREPLIED, id=post.root_id, at=at)
    return [post_of(row) for row in rows]


def _values(post: Post) -> Mapping[str, Any]:
    return {
        "id": post.id,
        "create_at": post.create_at,
        "update_at": post.update_at,
        "user_id": post.user_id,
        "channel_id": post.channel_id,
        "root_id": post.root_id,
        "message": post.message,
        "type": post.type,
        "props": _encode(post.props).decode() if post.props else "{}",
        "hashtags": post.hashtags,
        "file_ids": _encode(post.file_ids).decode() if post.file_ids else "[]",
        "pending_post_id": post.pending_post_id,
        "search_text": search_text_of(post),
    }
