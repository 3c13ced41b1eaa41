"""A channel, and membership of it."""

from dataclasses import dataclass, field
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from commandpost.kernel.errors import Invalid, NotFound

CHANNEL_USER = "channel_user"
CHANNEL_ADMIN = "channel_admin"
CHANNEL_GUEST = "channel_guest"


class ChannelType(StrEnum):
    """As on the wire."""

    PUBLIC = "O"
    PRIVATE = "P"
    DIRECT = "D"
    GROUP = "G"


class Channel(msgspec.Struct, frozen=True, kw_only=True):
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

    @property
    def is_private(self) -> bool:
        """Private: in a team, but for its members only."""
        return self.type == ChannelType.PRIVATE

    @property
    def is_archived(self) -> bool:
        """Read-only: nothing is posted in it and nobody joins it until it is restored."""
        return self.delete_at > 0

    def with_post(self, at: int, *, is_root: bool, is_counted: bool) -> "Channel":
        """The channel with one more post, made at a time."""
        return replace(
            self,
            last_post_at=max(self.last_post_at, at),
            last_root_post_at=max(self.last_root_post_at, at) if is_root else self.last_root_post_at,
            total_msg_count=self.total_msg_count + is_counted,
            total_msg_count_root=self.total_msg_count_root + (is_counted and is_root),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChannel:
    """A public or private channel asked for; `name` is the one in its address."""

    team_id: str
    name: str
    display_name: str
    type: ChannelType
    header: str = ""
    purpose: str = ""


DEFAULT_NOTIFY_PROPS = {
    "desktop": "default",
    "email": "default",
    "ignore_channel_mentions": "default",
    "mark_unread": "all",
    "push": "default",
}
"""What a new member wants to be told of: what their account's settings say."""


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

    @property
    def is_guest(self) -> bool:
        return CHANNEL_GUEST in self.roles.split()

    @property
    def is_muted(self) -> bool:
        """Only mentions make the channel unread for this member."""
        return self.notify_props.get("mark_unread") == "mention"


class UnknownChannel(NotFound):
    """Unable to find the existing channel."""

    code = "channel.unknown"


class UnknownChannelName(NotFound):
    """Channel does not exist."""

    code = "channel.unknown_name"


class NameTaken(Invalid):
    """A channel with that name already exists on the same team."""

    code = "channel.name_taken"


class TooManyChannels(Invalid):
    """The team has as many channels as it may have; archive some first."""

    code = "channel.too_many"


class ArchivedChannel(Invalid):
    """The channel has been archived; restore it first."""

    code = "channel.archived"


class NotArchived(Invalid):
    """The channel is not archived."""

    code = "channel.not_archived"


class DefaultChannel(Invalid):
    """Not possible with the default channel of a team."""

    code = "channel.default"


class WrongChannelType(Invalid):
    """Not possible with a channel of this type."""

    code = "channel.wrong_type"


class NotChannelMember(NotFound):
    """No channel member found for that user and channel."""

    code = "channel.not_member"
