"""A channel, and membership of it."""

from dataclasses import dataclass, field
from enum import StrEnum


class ChannelType(StrEnum):
    """As on the wire."""

    PUBLIC = "O"
    PRIVATE = "P"
    DIRECT = "D"
    GROUP = "G"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel. `team_id` is "" for direct and group channels."""

    id: str
    create_at: int
    update_at: int
    delete_at: int = 0
    team_id: str
    type: ChannelType
    display_name: str
    name: str
    header: str = ""
    purpose: str = ""
    last_post_at: int = 0
    last_root_post_at: int = 0
    total_msg_count: int = 0
    total_msg_count_root: int = 0
    creator_id: str = ""

    @property
    def is_direct(self) -> bool:
        """Direct or group: outside any team, reachable by its members only."""
        return self.type in (ChannelType.DIRECT, ChannelType.GROUP)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelMember:
    """Membership of a channel; `roles` is space separated: channel_user, channel_admin, channel_guest."""

    channel_id: str
    user_id: str
    roles: str
    last_viewed_at: int = 0
    msg_count: int = 0
    msg_count_root: int = 0
    mention_count: int = 0
    mention_count_root: int = 0
    notify_props: dict[str, str] = field(default_factory=dict[str, str])
    last_update_at: int = 0
