"""Rules for what channels are called, and the names the server gives to direct and group channels."""

import hashlib
import re
from collections.abc import Iterable

from commandpost.kernel.errors import Invalid
from commandpost.kernel.ids import is_id
from commandpost.kernel.text import as_name, is_storable

TOWN_SQUARE = "town-square"
OFF_TOPIC = "off-topic"
DEFAULT_CHANNELS = {TOWN_SQUARE: "Town Square", OFF_TOPIC: "Off-Topic"}
"""The channels every team has, by name; everybody but guests is in them."""

MAX_NAME = 64
MAX_DISPLAY_NAME = 64
MAX_HEADER = 1024
MAX_PURPOSE = 250

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}[a-z0-9]\Z")


class BadChannelName(Invalid):
    """Name must be 2 to 64 lowercase letters, digits, hyphens or underscores, with a letter or digit at both ends."""  # noqa: E501 -- one sentence, shown as it stands

    code = "channel.bad_name"


class BadDisplayName(Invalid):
    """The display name must have 1 to 64 characters."""

    code = "channel.bad_display_name"


class BadHeader(Invalid):
    """The header may have up to 1024 characters."""

    code = "channel.bad_header"


class BadPurpose(Invalid):
    """The purpose may have up to 250 characters."""

    code = "channel.bad_purpose"


def checked_name(name: str) -> str:
    """A channel's name in its address, if it may be one. Raises BadChannelName.

    Two ids joined by `__` are the name of a direct channel, which no other channel may take.
    """
    if not _NAME.match(name) or all(map(is_id, name.split("__", 1))):
        raise BadChannelName
    return name


def checked_display_name(display_name: str) -> str:
    """A channel's name as people read it, trimmed. Raises BadDisplayName."""
    trimmed = as_name(display_name)
    if not 1 <= len(trimmed) <= MAX_DISPLAY_NAME or not is_storable(trimmed):
        raise BadDisplayName
    return trimmed


def checked_header(header: str) -> str:
    """A channel's header, in Markdown. Raises BadHeader."""
    if len(header) > MAX_HEADER or not is_storable(header):
        raise BadHeader
    return header


def checked_purpose(purpose: str) -> str:
    """What a channel is for. Raises BadPurpose."""
    if len(purpose) > MAX_PURPOSE or not is_storable(purpose):
        raise BadPurpose
    return purpose


def direct_name(one_id: str, other_id: str) -> str:
    """The name of two users' direct channel; the same id twice is a user's channel with themselves."""
    return "__".join(sorted((one_id, other_id)))


def group_name(user_ids: Iterable[str]) -> str:
    """The name of a group channel: the same users always have the same one."""
    return hashlib.sha1("".join(sorted(user_ids)).encode(), usedforsecurity=False).hexdigest()


def group_display_name(usernames: Iterable[str]) -> str:
    """What a group channel is called: its members' usernames, as many as there is room for."""
    return ", ".join(sorted(usernames))[:MAX_DISPLAY_NAME]
