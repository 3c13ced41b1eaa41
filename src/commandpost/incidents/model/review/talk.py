"""What a post asks and says of its author: read from its text, which goes no further."""

import re
from collections.abc import Mapping, Sequence

from commandpost.incidents.model.review.phrases import BY_WORD, Said
from commandpost.incidents.model.review.story import Talk

_NOT_SAID = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|https?://\S+|^>.*$", re.DOTALL | re.MULTILINE)
_QUESTION = re.compile(r"[?\uff1f\u061f](?=\W|$)")
_MENTION = re.compile(r"(?<![\w@])@([a-z0-9][a-z0-9._\-]*)", re.IGNORECASE)
_WORDS = re.compile(r"@\S+|[^\W_]+(?:'[^\W_]+)*|[.,:;!?\n\u2013\u2014]")
_PAUSES = frozenset(".,:;!?\n\u2013\u2014")
_OPENINGS = frozenset(
    ("hi", "hey", "hello", "hallo", "ok", "okay", "so", "and", "but", "re", "sorry", "yes", "ja", "und")
)
"""Words after which a sentence still begins."""


def talk_in(message: str, ids_by_name: Mapping[str, str]) -> Talk:
    """What a message asks of people whose ids are given by username, and what it says of who wrote it.

    Code, links and quotes say nothing.
    """
    said = _NOT_SAID.sub(" ", message)
    names = (name.lower() for name in _MENTION.findall(said)) if "@" in said else ()
    known = (ids_by_name.get(name) or ids_by_name.get(name.rstrip("._-")) for name in names)
    meant = _meant(said)
    return Talk(
        asks=Said.ASKS in meant or _QUESTION.search(said) is not None,
        mentions=frozenset(one for one in known if one),
        waits=Said.WAITS in meant,
        puts_off=Said.PUTS_OFF in meant,
        is_gone_or_back=Said.GONE_OR_BACK in meant,
        takes=Said.TAKES in meant,
    )


def _meant(said: str) -> frozenset[Said]:
    """What the phrases in a text say."""
    words = _WORDS.findall(said.lower().replace("\u2019", "'"))
    perhaps = [found for word in words if word in BY_WORD for found in BY_WORD[word]]
    if not perhaps:
        return frozenset()
    plain = _plain(words)
    return frozenset(kind for kind, phrase in perhaps if phrase in plain)


def _plain(words: Sequence[str]) -> str:
    """The words with a full stop where a part of a sentence begins or ends."""
    parts = ["."]
    for word in words:
        if word in _PAUSES or word[0] == "@":
            parts.append(".")
        else:
            parts.append(word)
            if word in _OPENINGS:
                parts.append(".")
    return f" {' '.join(parts)} . "
