"""Whom a message calls: names, whole channels, and the words by which people asked to be called."""

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, cast

from commandpost.kernel.text import folded
from commandpost.workspace.model.user import User

EVERYONE_WORDS = frozenset({"all", "channel", "here"})

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_NAME = re.compile(r"(?<![\w@])@([a-z0-9][a-z0-9._\-]*)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_][\w\-'\u2019]*")
_FIRST_NAME_MARK = "="


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """What a message says that may call somebody.

    `names` may be usernames, `words` may be somebody's key words (see `keys_of`), `everyone` holds which
    of @all, @channel and @here are in it.
    """

    names: frozenset[str]
    words: frozenset[str]
    everyone: frozenset[str]


def calls_in(message: str, props: Mapping[str, Any]) -> Calls:
    """The calls in a message and its attachments; text shown as code calls nobody."""
    text = message
    if "attachments" in props:
        text = "\n".join([message, *_attachment_texts(props["attachments"])])
    if "`" in text:
        text = _CODE.sub(" ", text)
    names: set[str] = set()
    if "@" in text:
        for found in _NAME.findall(text):
            name = found.lower()
            names.update((name, name.rstrip("._-")))
    words: set[str] = set()
    for word in _WORD.findall(text):
        words.add(folded(word))
        words.add(_FIRST_NAME_MARK + word)
    return Calls(
        names=frozenset(names - EVERYONE_WORDS),
        words=frozenset(words),
        everyone=frozenset(names & EVERYONE_WORDS),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Whom names and words call in some channels, where that is known: by channel id and call, the users."""

    channel_ids: AbstractSet[str]
    names: frozenset[str]
    words: frozenset[str]
    users: Mapping[tuple[str, str], AbstractSet[str]]

    def covers(self, channel_ids: AbstractSet[str], names: frozenset[str], words: frozenset[str]) -> bool:
        """Whether all that is known."""
        return channel_ids <= self.channel_ids and names <= self.names and words <= self.words


NOTHING_ANSWERED = Answered(channel_ids=frozenset(), names=frozenset(), words=frozenset(), users={})


def keys_of(user: User) -> frozenset[str]:
    """The words that call a user without an @: key words in any case, the first name exactly as written."""
    given = user.notify_props.get("mention_keys", "")
    keys = {folded(key) for part in given.split(",") if (key := part.strip().removeprefix("@"))}
    if user.notify_props.get("first_name") == "true" and user.first_name:
        keys.add(_FIRST_NAME_MARK + user.first_name)
    return frozenset(keys)


def _attachment_texts(attachments: Any) -> list[str]:
    if not isinstance(attachments, list):
        return []
    return [
        text
        for attachment in cast("list[Any]", attachments)
        if isinstance(attachment, dict)
        for key in ("pretext", "text")
        if isinstance(text := cast("dict[str, Any]", attachment).get(key), str)
    ]
