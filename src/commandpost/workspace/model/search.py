"""Searching posts: the words of a text, and what a line of search terms asks for.

Words are set apart here, not by the databases, so that both find the same: letters and digits in a row,
without regard to case. Signs of scripts that are written without spaces are a word each.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from commandpost.kernel.clock import DAY_MS, SECOND_MS
from commandpost.workspace.model.post import Post

_LONGEST_WORD = 64
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_HASHTAG_MARK = "\ua4d8"
"""A letter that hardly anybody writes: before a word it says that the word was a hashtag."""

_TERM = re.compile(
    r'(?P<not>-)?(?:(?P<flag>from|in|channel|before|after|on):\s*(?P<value>"[^"]*"|\S+)'
    r'|"(?P<phrase>[^"]*)"?|(?P<word>\S+))',
    re.IGNORECASE,
)
_MOST_TERMS = 50
_END_OF_TIME = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words in a row; the last one may be only the beginning of a word."""

    words: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchTerms:
    """What to look for: phrases that must (or must not) be in a post, by whom, where and when.

    Times are in ms, `since` included and `until` not.
    """

    phrases: tuple[Phrase, ...] = ()
    excluded: tuple[Phrase, ...] = ()
    authors: frozenset[str] = frozenset()
    not_authors: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    not_channels: frozenset[str] = frozenset()
    since: int = 0
    until: int = _END_OF_TIME

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is asked for."""
        return self == SearchTerms()


@dataclass(slots=True)
class _Gathered:
    phrases: list[Phrase] = field(default_factory=list[Phrase])
    excluded: list[Phrase] = field(default_factory=list[Phrase])
    names: dict[tuple[str, bool], set[str]] = field(default_factory=dict[tuple[str, bool], set[str]])
    since: int = 0
    until: int = _END_OF_TIME


def words_in(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return [word[:_LONGEST_WORD] for word in _WORD.findall(folded)]


def search_text_of(post: Post) -> str:
    """What of a post is searched: the words of its message, and its hashtags; nothing of system posts."""
    if post.is_system:
        return ""
    words = words_in(post.message)
    if post.hashtags:
        words += [_hashtag_word(tag) for tag in post.hashtags.split()]
    return " ".join(words)


def terms_in(text: str, *, utc_offset_s: int = 0) -> SearchTerms:
    """What a line of search terms asks for; days begin at midnight at that distance from UTC."""
    found = _Gathered()
    for match in list(_TERM.finditer(text))[:_MOST_TERMS]:
        is_excluded = match["not"] is not None
        if match["flag"] is not None:
            _take_flag(found, match["flag"].lower(), match["value"].strip('"'), is_excluded, utc_offset_s)
        else:
            phrase = _phrase(match["phrase"] if match["word"] is None else match["word"])
            if phrase is not None:
                (found.excluded if is_excluded else found.phrases).append(phrase)
    return SearchTerms(
        phrases=tuple(found.phrases),
        excluded=tuple(found.excluded),
        authors=frozenset(found.names.get(("from", False), ())),
        not_authors=frozenset(found.names.get(("from", True), ())),
        channels=frozenset(found.names.get(("in", False), ())),
        not_channels=frozenset(found.names.get(("in", True), ())),
        since=found.since,
        until=found.until,
    )


def matches_in(message: str, terms: SearchTerms) -> tuple[str, ...]:
    """The words of a message that were looked for, as they are written there, each once."""
    whole = {word for phrase in terms.phrases for word in phrase.words}
    beginnings = tuple(phrase.words[-1] for phrase in terms.phrases if phrase.is_prefix)
    found: dict[str, None] = {}
    for written in _WORD.findall(message):
        folded = "".join(words_in(written))
        if (
            folded in whole
            or _HASHTAG_MARK + folded in whole
            or (beginnings and folded.startswith(beginnings))
        ):
            found[written] = None
    return tuple(found)


def _take_flag(found: _Gathered, flag: str, value: str, is_excluded: bool, utc_offset_s: int) -> None:
    if flag in ("from", "in", "channel"):
        kind = "from" if flag == "from" else "in"
        name = value.lower().removeprefix("~")
        found.names.setdefault((kind, is_excluded), set()).add(
            name.removeprefix("@") if kind == "from" else name
        )
        return
    begins = _day(value, utc_offset_s)
    if begins is None:
        return
    if flag in ("after", "on"):
        found.since = max(found.since, begins + (DAY_MS if flag == "after" else 0))
    if flag in ("before", "on"):
        found.until = min(found.until, begins + (DAY_MS if flag == "on" else 0))


def _day(text: str, utc_offset_s: int) -> int | None:
    """When a day (YYYY-MM-DD) begins; None for what is no day."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    midnight = datetime.combine(day, time(), tzinfo=UTC).timestamp()
    return int(midnight - utc_offset_s) * SECOND_MS


def _phrase(text: str) -> Phrase | None:
    if text.startswith("#") and (tag := _hashtag_word(text)) != _HASHTAG_MARK:
        return Phrase(words=(tag,), is_prefix=text.endswith("*"))
    words = tuple(words_in(text))
    return Phrase(words=words, is_prefix=text.endswith("*")) if words else None


def _hashtag_word(tag: str) -> str:
    return (_HASHTAG_MARK + "".join(words_in(tag)))[:_LONGEST_WORD]
