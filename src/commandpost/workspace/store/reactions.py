"""Queries about reactions."""

from collections.abc import Sequence

from commandpost.db import Row, Sql, Work
from commandpost.workspace.model.post import Reaction

_OF_POSTS = Sql(
    "SELECT user_id, post_id, emoji_name, create_at FROM reactions WHERE post_id IN (:post_ids...)"
    " ORDER BY create_at, user_id, emoji_name"
)
_ADD = Sql(
    "INSERT INTO reactions (user_id, post_id, emoji_name, create_at)"
    " VALUES (:user_id, :post_id, :emoji_name, :create_at) ON CONFLICT DO NOTHING"
)
_ONE = Sql(
    "SELECT user_id, post_id, emoji_name, create_at FROM reactions"
    " WHERE post_id = :post_id AND user_id = :user_id AND emoji_name = :emoji_name"
)
_REMOVE = Sql(
    "DELETE FROM reactions WHERE post_id = :post_id AND user_id = :user_id AND emoji_name = :emoji_name"
)
_MARK = Sql(
    "UPDATE posts SET update_at = CASE WHEN update_at < :at THEN :at ELSE update_at + 1 END,"
    " has_reactions = EXISTS (SELECT 1 FROM reactions r WHERE r.post_id = posts.id) WHERE id = :post_id"
)


def _reaction_of(row: Row) -> Reaction:
    return Reaction(
        user_id=row["user_id"],
        post_id=row["post_id"],
        emoji_name=row["emoji_name"],
        create_at=row["create_at"],
    )


async def of_posts(work: Work, post_ids: Sequence[str]) -> dict[str, tuple[Reaction, ...]]:
    """The reactions to posts, by post, the oldest first; posts without any are left out."""
    found: dict[str, list[Reaction]] = {}
    for row in await work.all(_OF_POSTS, post_ids=list(post_ids)):
        found.setdefault(row["post_id"], []).append(_reaction_of(row))
    return {post_id: tuple(reactions) for post_id, reactions in found.items()}


async def add(work: Work, reaction: Reaction, at: int) -> Reaction | None:
    """Store a reaction; gives the one that was there already, if there was, and None for a new one."""
    key = {"post_id": reaction.post_id, "user_id": reaction.user_id, "emoji_name": reaction.emoji_name}
    if await work.run(_ADD, **key, create_at=reaction.create_at):
        await work.run(_MARK, post_id=reaction.post_id, at=at)
        return None
    row = await work.one(_ONE, **key)
    return None if row is None else _reaction_of(row)


async def add_past(work: Work, given: Sequence[Reaction]) -> None:
    """Store reactions of posts that are marked as having them."""
    await work.put_many(
        _ADD,
        [
            {
                "user_id": one.user_id,
                "post_id": one.post_id,
                "emoji_name": one.emoji_name,
                "create_at": one.create_at,
            }
            for one in given
        ],
    )


async def remove(work: Work, *, post_id: str, user_id: str, emoji_name: str, at: int) -> bool:
    """Take a reaction back; False if there was none."""
    if not await work.run(_REMOVE, post_id=post_id, user_id=user_id, emoji_name=emoji_name):
        return False
    await work.run(_MARK, post_id=post_id, at=at)
    return True
