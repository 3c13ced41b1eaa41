"""Facts the chat announces after a commit. Doors turn them into WebSocket events."""

from dataclasses import dataclass

import msgspec

from commandpost.workspace.model.channel import Channel, ChannelMember
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.dialog import Dialog
from commandpost.workspace.model.file import File
from commandpost.workspace.model.post import Post, Reaction
from commandpost.workspace.model.post_list import NO_DETAILS, PostDetails
from commandpost.workspace.model.sidebar import SidebarCategory
from commandpost.workspace.model.team import Team
from commandpost.workspace.model.user import User


@dataclass(frozen=True, slots=True, kw_only=True)
class PostMade:
    """A post is in its channel. `sender_name` is "@name", "System", or the override name of a webhook."""

    post: Post
    channel: Channel
    sender_name: str
    mentions: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    sets_online: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEdited:
    """A post was changed; `details` are what belongs to it now."""

    post: Post
    details: PostDetails = NO_DETAILS


@dataclass(frozen=True, slots=True, kw_only=True)
class PostDeleted:
    post: Post
    deleted_by: str


class EphemeralSent(msgspec.Struct, frozen=True, kw_only=True):
    """A post that only one user sees and nobody stores."""

    user_id: str
    post: Post


@dataclass(frozen=True, slots=True, kw_only=True)
class EphemeralEdited:
    """A post that only one user sees is another now."""

    user_id: str
    post: Post


@dataclass(frozen=True, slots=True, kw_only=True)
class EphemeralRemoved:
    user_id: str
    post: Post


@dataclass(frozen=True, slots=True, kw_only=True)
class PostUnread:
    """A member set a post, and what came after, to unread."""

    member: ChannelMember
    post_id: str
    team_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionAdded:
    reaction: Reaction
    channel_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionRemoved:
    reaction: Reaction
    channel_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelCreated:
    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelUpdated:
    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelArchived:
    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRestored:
    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelConverted:
    """A public channel became private, or a private one public."""

    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectChannelOpened:
    channel: Channel
    user_ids: tuple[str, ...]
    creator_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelJoined:
    """A user became a member, by themselves (`by` is the user) or added by another."""

    channel: Channel
    user_id: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLeft:
    channel: Channel
    user_id: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelViewed:
    """A user has read channels; `times` says for each up to when."""

    user_id: str
    times: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelMemberUpdated:
    member: ChannelMember


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCreated:
    team: Team


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamUpdated:
    team: Team


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamDeleted:
    team: Team


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRestored:
    team: Team


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamJoined:
    team_id: str
    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLeft:
    team_id: str
    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRolesChanged:
    team_id: str
    user_id: str
    roles: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserCreated:
    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserUpdated:
    """`config` says what of it others may see."""

    user: User
    config: Config


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRolesChanged:
    user_id: str
    roles: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsEnded:
    """Sessions that are dead from now on: all of a user's, or only the ones named."""

    user_id: str
    session_ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChanged:
    user_id: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    user_id: str
    channel_id: str
    parent_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferencesChanged:
    """`preferences` are (category, name, value)."""

    user_id: str
    preferences: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferencesDeleted:
    user_id: str
    preferences: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SidebarCategoryCreated:
    user_id: str
    team_id: str
    category_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SidebarCategoriesUpdated:
    user_id: str
    team_id: str
    categories: tuple[SidebarCategory, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SidebarCategoryDeleted:
    user_id: str
    team_id: str
    category_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SidebarOrderChanged:
    user_id: str
    team_id: str
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogOpened:
    """An interactive dialog for one user; `trigger_id` is the short one that the user's client knows."""

    user_id: str
    trigger_id: str
    url: str
    dialog: Dialog


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingWebhooksChanged:
    """A team has other outgoing webhooks than before."""

    team_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailWaiting:
    """There is mail to be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryWaiting:
    """Outgoing webhooks have something to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigChanged:
    """Settings were changed: `config` is in force from now on, `before` was until now."""

    config: Config
    before: Config
