"""The fixed sentences in which the original's bot says what people do."""

import re
from collections.abc import Iterable
from enum import Enum

_WHO = r"(?P<who>\S+)"
_USERNAME = re.compile(r"[a-z][a-z0-9._-]{0,63}")


def _sentence(pattern: str, *bold: str) -> re.Pattern[str]:
    """A sentence; the marks {} stand for what it prints bold, known by these names."""
    return re.compile(pattern.format(*[rf"\*\*(?P<{name}>.*)\*\*" for name in bold]), re.DOTALL)


class Sentence(Enum):
    """Each sentence that is understood; `who` is a username, `old` and `new` are with or without an @."""

    TICKED = _sentence(_WHO + " (?P<verb>unchecked|checked off) checklist item {}", "title")
    ASSIGNED = _sentence(_WHO + " changed assignee of checklist item {} from {} to {}", "title", "old", "new")
    HANDED_OVER = _sentence(_WHO + r" changed the incident commander from {} to {}\.", "old", "new")
    WENT_ON = _sentence(_WHO + r" changed the active stage from {} to {}\.", "old", "new")
    FAILED = _sentence("Failed to execute slash command {}", "command")
    REMINDED = _sentence("@" + _WHO + r", please provide an update on this incident's progress\.")
    STARTED = _sentence("This incident has been started by @" + _WHO)
    ENDED = _sentence("This incident has been closed by @" + _WHO)
    RESTARTED = _sentence("This incident has been restarted by @" + _WHO)


def understood(message: str) -> tuple[Sentence, dict[str, str]] | None:
    """What a post of the bot says, and of whom and what; None if it says none of these."""
    for sentence in Sentence:
        if found := sentence.value.fullmatch(message.strip()):
            return sentence, found.groupdict()
    return None


def names_in(messages: Iterable[str]) -> set[str]:
    """The usernames that the bot's sentences name."""
    found: set[str] = set()
    for message in messages:
        if said := understood(message):
            found |= {said[1].get(name, "").removeprefix("@") for name in ("who", "old", "new")}
    return {name for name in found if _USERNAME.fullmatch(name)}
