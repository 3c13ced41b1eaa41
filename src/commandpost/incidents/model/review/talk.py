"""What a post asks, and of whom: read from its text, which goes no further."""

import re
from collections.abc import Mapping

from commandpost.incidents.model.review.story import Talk

_NOT_SAID = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|https?://\S+|^>.*$", re.DOTALL | re.MULTILINE)
_QUESTION = re.compile(r"[?\uff1f\u061f](?=\W|$)")
_PERHAPS = re.compile(r"[?\uff1f\u061f@]")
_MENTION = re.compile(r"(?<![\w@])@([a-z0-9][a-z0-9._\-]*)", re.IGNORECASE)
_NOTHING = Talk(asks=False, mentions=frozenset())


def talk_in(message: str, ids_by_name: Mapping[str, str]) -> Talk:
    """What a message asks of people whose ids are given by username. Code, links and quotes ask nothing."""
    if _PERHAPS.search(message) is None:
        return _NOTHING
    said = _NOT_SAID.sub(" ", message)
    names = (name.lower() for name in _MENTION.findall(said))
    known = (ids_by_name.get(name) or ids_by_name.get(name.rstrip("._-")) for name in names)
    return Talk(asks=_QUESTION.search(said) is not None, mentions=frozenset(one for one in known if one))
