"""Reading threads: a first post and the replies to it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from commandpost.workspace.actions import post_lists, posts
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.post import UnknownPost
from commandpost.workspace.model.post_list import PostList
from commandpost.workspace.model.who import Who
from commandpost.workspace.store import post_lists as stored
from commandpost.workspace.store.posts import by_id

_MOST_REPLIES = 10_000
_END_OF_TIME = 2**62


class ThreadDirection(StrEnum):
    """Which way a thread is read from a place in it."""

    DOWN = "down"
    UP = "up"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadPlace:
    """Where to read on in a thread: past a time, and past the reply of that time; size 0 means all of it."""

    direction: ThreadDirection = ThreadDirection.DOWN
    size: int = 0
    from_post_id: str = ""
    from_create_at: int = 0


async def thread(desk: Desk, who: Who, post_id: str, place: ThreadPlace) -> PostList:
    """The thread that a post is in: its first post, and its replies. Raises UnknownPost, Forbidden."""
    asked = await posts.get(desk, who, post_id)
    root = asked if not asked.root_id else await by_id(desk.work, asked.root_id)
    if root is None:
        raise UnknownPost
    size = place.size or _MOST_REPLIES
    if place.direction is ThreadDirection.UP:
        at = place.from_create_at or _END_OF_TIME
        found = await stored.replies_before(desk.work, root.id, at, place.from_post_id, limit=size + 1)
        replies = found[:size]
    else:
        at = place.from_create_at
        found = await stored.replies_after(desk.work, root.id, at, place.from_post_id, limit=size + 1)
        replies = found[:size][::-1]
    return replace(await post_lists.listed(desk, [*replies, root]), has_next=len(found) > size)
