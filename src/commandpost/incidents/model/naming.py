"""From the name of an incident to the name of its channel."""

import re

from commandpost.kernel.errors import Conflict, Invalid
from commandpost.kernel.text import as_name

NAME_LIMIT = 64
_CUT_FOR_SUFFIX = 59
SUFFIX_LENGTH = 4

_NOT_IN_CHANNEL_NAME = re.compile(r"[^a-z0-9_\s]", re.ASCII)
_CHANNEL_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*[a-z0-9]")


class NameInvalid(Invalid):
    """The incident name is invalid or too long. Please use a valid name with fewer than 64 characters."""

    code = "incident.name_invalid"


class NameTaken(Conflict):
    """A channel of that name exists already, and so does one with random letters added; try again."""

    code = "incident.name_taken"


def display_name(name: str) -> str:
    """The name of an incident as its channel shows it: trimmed. Raises NameInvalid (1 to 64 characters)."""
    trimmed = as_name(name)
    if not 1 <= len(trimmed) <= NAME_LIMIT:
        raise NameInvalid
    return trimmed


def channel_name(name: str) -> str:
    """The name of the channel in addresses. Raises NameInvalid when too little of the name remains."""
    words = _NOT_IN_CHANNEL_NAME.sub("", name.lower().strip().replace("-", " "))
    dashed = words.replace(" ", "-").strip("-")
    if len(dashed) > NAME_LIMIT or not _CHANNEL_NAME.fullmatch(dashed):
        raise NameInvalid
    return dashed


def channel_name_with(suffix: str, name: str) -> str:
    """A channel name that was taken, made different by four random characters."""
    return f"{name[:_CUT_FOR_SUFFIX]}-{suffix}"
