"""A post, a reaction, and the pure rules about them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

import msgspec

from commandpost.kernel.errors import Invalid, NotFound
from commandpost.kernel.ids import new_id
from commandpost.workspace.model.channel import ArchivedChannel

MAX_MESSAGE_LENGTH = 16_383
MAX_PROPS_LENGTH = 800_000
MAX_FILES = 10
MAX_HASHTAGS_LENGTH = 1000

SYSTEM_PREFIX = "system_"
ATTACHMENT_TYPE = "slack_attachment"
CHANNEL_LINKS = "channel_mentions"
"""The prop with the channels that clients show as links where the message names them."""
EPHEMERAL_TYPE = "system_ephemeral"

UNCOUNTED_TYPES = frozenset(
    {
        "system_join_leave",
        "system_add_remove",
        "system_join_channel",
        "system_guest_join_channel",
        "system_leave_channel",
        "system_add_to_channel",
        "system_add_guest_to_chan",
        "system_remove_from_channel",
        "system_join_team",
        "system_leave_team",
        "system_add_to_team",
        "system_remove_from_team",
    }
)
"""Comings and goings: they make no channel unread and are not counted among its messages."""

_INTEGRATION_PROPS = frozenset(
    {
        "from_webhook",
        "from_bot",
        "from_plugin",
        "from_oauth_app",
        "override_username",
        "override_icon_url",
        "override_icon_emoji",
        "webhook_display_name",
    }
)
_RESERVED_PROPS = frozenset({"add_channel_member", "deleteBy", CHANNEL_LINKS})
_encode = msgspec.json.Encoder().encode
_HASHTAG = re.compile(r"(?<![\w#])#[^\W\d_](?:[\w\-.]*\w)?")
_MIN_HASHTAG_LENGTH = 4

_Change: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]


class UnknownPost(NotFound):
    """Unable to get the post."""

    code = "post.unknown"


class UnknownRoot(Invalid):
    """The post to reply to is not there, is itself a reply, or is in another channel."""

    code = "post.unknown_root"


class ArchivedForPosts(ArchivedChannel):
    """Can not post to an archived channel."""

    code = "post.archived_channel"


class SystemPost(Invalid):
    """Posts made by the system cannot be changed."""

    code = "post.is_system"


class MessageTooLong(Invalid):
    """The message is too long: a post holds up to 16383 characters."""

    code = "post.message_length"


class PropsTooLong(Invalid):
    """The post's props are too long."""

    code = "post.props_length"


class TypeNotAllowed(Invalid):
    """A post of this type cannot be made by a client."""

    code = "post.type"


class TooManyFiles(Invalid):
    """A post holds up to 10 files, each of them once."""

    code = "post.file_ids"


class Post(msgspec.Struct, frozen=True, kw_only=True):
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
    props: dict[str, Any] = msgspec.field(default_factory=dict[str, Any])
    hashtags: str = ""
    file_ids: tuple[str, ...] = ()
    pending_post_id: str = ""
    has_reactions: bool = False
    reply_count: int = 0
    last_reply_at: int = 0

    @property
    def is_system(self) -> bool:
        return self.type.startswith(SYSTEM_PREFIX)

    @property
    def is_counted(self) -> bool:
        """Whether it counts among the channel's messages and can make it unread."""
        return self.type not in UNCOUNTED_TYPES

    @property
    def thread_id(self) -> str:
        """The id of the first post of its thread, which may be its own."""
        return self.root_id or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A post somebody wants to make. `create_at` 0 means now; `sets_online` is about the author."""

    channel_id: str
    message: str = ""
    root_id: str = ""
    type: str = ""
    props: dict[str, Any] = field(default_factory=dict[str, Any])
    file_ids: tuple[str, ...] = ()
    pending_post_id: str = ""
    create_at: int = 0
    sets_online: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """One user's emoji under one post."""

    user_id: str
    post_id: str
    emoji_name: str
    create_at: int


def check_size(message: str, props: Mapping[str, Any], file_ids: Sequence[str]) -> None:
    """Refuse with MessageTooLong, PropsTooLong or TooManyFiles what does not fit in a post."""
    if len(message) > MAX_MESSAGE_LENGTH:
        raise MessageTooLong
    if props and len(encoded := _encode(props)) > MAX_PROPS_LENGTH < len(encoded.decode()):
        raise PropsTooLong
    if len(file_ids) > MAX_FILES or len(set(file_ids)) != len(file_ids):
        raise TooManyFiles


def check_type(type_: str) -> None:
    """Refuse with TypeNotAllowed what only the server itself may post."""
    if type_ not in ("", ATTACHMENT_TYPE, "me") and not type_.startswith("custom_"):
        raise TypeNotAllowed


def hashtags_of(message: str) -> str:
    """The hashtags of a message in order, separated by spaces."""
    if "#" not in message:
        return ""
    tags = [tag for tag in _HASHTAG.findall(message) if len(tag) >= _MIN_HASHTAG_LENGTH]
    found = " ".join(tags)
    return found if len(found) <= MAX_HASHTAGS_LENGTH else found[:MAX_HASHTAGS_LENGTH].rsplit(" ", 1)[0]


def props_from_person(props: Mapping[str, Any]) -> dict[str, Any]:
    """Props as a person may set them: without what only integrations and the server may say."""
    return {
        name: value
        for name, value in props.items()
        if name not in _INTEGRATION_PROPS and name not in _RESERVED_PROPS
    }


def props_from_integration(props: Mapping[str, Any]) -> dict[str, Any]:
    """Props as bots and administrators may set them: without what only the server may say."""
    return {name: value for name, value in props.items() if name not in _RESERVED_PROPS}


def with_action_ids(props: Mapping[str, Any]) -> dict[str, Any]:
    """Props in which every action of an attachment has an id: its own if made of letters and digits."""
    return with_actions(props, _with_id)


def without_integrations(props: Mapping[str, Any]) -> dict[str, Any]:
    """Props as clients see them: what an attachment's action calls, and with which context, stays here."""
    return with_actions(props, _without_integration)


def _with_id(action: dict[str, Any]) -> dict[str, Any]:
    given = action.get("id")
    if isinstance(given, str) and given.isascii() and given.isalnum():
        return action
    return {**action, "id": new_id()}


def _without_integration(action: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in action.items() if name != "integration"}


def has_actions(props: Mapping[str, Any]) -> bool:
    """Whether an attachment has actions."""
    attachments = props.get("attachments")
    return isinstance(attachments, list) and any(
        isinstance(one, dict) and "actions" in one for one in cast("list[Any]", attachments)
    )


def with_actions(props: Mapping[str, Any], change: _Change) -> dict[str, Any]:
    """Props in which every action of an attachment is changed."""
    if not has_actions(props):
        return dict(props)
    attachments = props["attachments"]
    return {**props, "attachments": [_attachment(one, change) for one in cast("list[Any]", attachments)]}


def _attachment(attachment: Any, change: _Change) -> Any:
    if not isinstance(attachment, dict):
        return attachment
    known = cast("dict[str, Any]", attachment)
    actions = known.get("actions")
    if not isinstance(actions, list):
        return known
    return {
        **known,
        "actions": [
            change(cast("dict[str, Any]", action)) if isinstance(action, dict) else action
            for action in cast("list[Any]", actions)
        ],
    }
