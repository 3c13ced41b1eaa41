"""Text from outside: what no database or screen can hold, and comparing without regard to case."""

import re
import unicodedata

from commandpost.kernel.errors import Invalid

LONGEST_SOUGHT = 1000
"""Longer texts are not searched for: SQLite takes patterns of 50,000 bytes, and names are far shorter."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUL = b"\\u0000"
_ESCAPED_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def is_storable(text: str) -> bool:
    """False for text with NUL or unpaired surrogates: no database here can hold it."""
    return _UNSTORABLE.search(text) is None


def as_name(text: str) -> str:
    """A name that stands among others' words: trimmed, and without signs that turn the direction of those.

    What is written from the right to the left by itself needs none of them (Unicode Bidirectional Algorithm).
    """
    return _TURNS.sub("", text).strip()


def holds_nul(json: bytes) -> bool:
    """Whether a text in this JSON contains an escaped NUL."""
    return _NUL in json and _ESCAPED_NUL.search(json) is not None


def folded(text: str) -> str:
    """The form in which texts are searched and sorted without regard to case, for any script."""
    return unicodedata.normalize("NFC", text).casefold()


def like_escaped(text: str) -> str:
    r"""Text for use inside a LIKE pattern with ESCAPE '\', so that % and _ mean themselves.

    Raises Invalid for a text longer than LONGEST_SOUGHT.
    """
    if len(text) > LONGEST_SOUGHT:
        raise Invalid("The search text is too long.")
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def as_cell(text: str) -> str:
    """Text for a spreadsheet: what would be run there as a formula gets an apostrophe in front."""
    return f"'{text}" if text.startswith(_FORMULA) else text
