"""Posts in an order, with what belongs to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from commandpost.workspace.model.file import File
from commandpost.workspace.model.post import Post, Reaction


@dataclass(frozen=True, slots=True, kw_only=True)
class PostDetails:
    """What belongs to posts but stands elsewhere: by post id, their files and reactions.

    `reply_counts` are by the id of the thread's first post; a reply bears the count of its thread.
    """

    files: Mapping[str, tuple[File, ...]] = field(default_factory=dict[str, tuple[File, ...]])
    reactions: Mapping[str, tuple[Reaction, ...]] = field(default_factory=dict[str, tuple[Reaction, ...]])
    reply_counts: Mapping[str, int] = field(default_factory=dict[str, int])


NO_DETAILS = PostDetails()


class PostVersion(NamedTuple):
    """A post at one moment: whatever is shown of it changes `update_at`, or how long its thread is."""

    id: str
    update_at: int
    reply_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPage:
    """A page of a channel: `order` as in a list, and the versions of its posts and of their threads' roots.

    `posts` are only those that the one who asked does not hold, with what belongs to them.
    """

    order: tuple[str, ...]
    versions: Mapping[str, PostVersion]
    posts: tuple[Post, ...]
    details: PostDetails
    next_post_id: str
    prev_post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostList:
    """Posts asked for, newest first in `order`; `posts` also holds the first posts of their threads.

    `next_post_id` is the newer neighbour of what is listed and `prev_post_id` the older one, "" where the
    channel ends. `has_next` tells whether a thread goes on. `matches` are the words found, by post.
    """

    order: tuple[str, ...]
    posts: tuple[Post, ...]
    details: PostDetails = NO_DETAILS
    next_post_id: str = ""
    prev_post_id: str = ""
    has_next: bool | None = None
    matches: Mapping[str, tuple[str, ...]] | None = None
