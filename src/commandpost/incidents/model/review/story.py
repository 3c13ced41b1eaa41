"""What a review rests on: the event log and what is known beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from commandpost.incidents.model.review.durations import Past
from commandpost.incidents.model.timeline import Entry
from commandpost.kernel.clock import Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceChange:
    """From then on, a user was online, away, offline or not to be disturbed."""

    user_id: str
    at: Millis
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """All that a review takes from a post's text: whether it asks something, and whom it mentions.

    Also whether its author says that they wait for an answer or a word, that an answer is to come, that they
    go away or are there again, or that they take what is to be done.
    """

    asks: bool
    mentions: frozenset[str] = frozenset()
    waits: bool = False
    puts_off: bool = False
    is_gone_or_back: bool = False
    takes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a review compares the log with: who was there when, and what earlier runs took."""

    presence: tuple[PresenceChange, ...] = ()
    past: Past = field(default_factory=Past)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """Of these grounds, what came with an imported incident: `past` is None if it did not say."""

    presence: tuple[PresenceChange, ...] = ()
    past: Past | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An incident as it went. `talk` is by the post's id; entries and presence come in any order."""

    entries: tuple[Entry, ...]
    presence: tuple[PresenceChange, ...] = ()
    talk: Mapping[str, Talk] = field(default_factory=dict[str, Talk])
    past: Past = field(default_factory=Past)
