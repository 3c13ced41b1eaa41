"""A post."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post in a channel. `props` is a free map, attachments among it; `root_id` is "" for roots."""

    id: str
    create_at: int
    update_at: int
    edit_at: int = 0
    delete_at: int = 0
    is_pinned: bool = False
    user_id: str
    channel_id: str
    root_id: str = ""
    message: str
    type: str = ""
    props: dict[str, Any] = field(default_factory=dict[str, Any])
    hashtags: str = ""
    file_ids: tuple[str, ...] = ()
    pending_post_id: str = ""
    has_reactions: bool = False
    reply_count: int = 0
    last_reply_at: int = 0

    @property
    def is_system(self) -> bool:
        return self.type.startswith("system_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """One user's emoji under one post."""

    user_id: str
    post_id: str
    emoji_name: str
    create_at: int
