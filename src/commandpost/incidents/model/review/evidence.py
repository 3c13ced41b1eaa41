"""What is claimed about a gap, and what each claim rests on."""

from dataclasses import dataclass
from enum import StrEnum

from commandpost.incidents.model.timeline import Entry
from commandpost.kernel.clock import Millis


class Cause(StrEnum):
    """Why nothing was completed. Of causes with equal scores the one named first here comes first."""

    COMMAND_FAILED = "command_failed"
    STAGE_RETURNED = "stage_returned"
    ASSIGNEE_AWAY = "assignee_away"
    AWAITING_ANSWER = "awaiting_answer"
    COMMANDER_CHANGED = "commander_changed"
    OUTSIDE_HOURS = "outside_hours"
    UNASSIGNED = "unassigned"
    USUAL_LENGTH = "usual_length"
    NO_ACTIVITY = "no_activity"


class Detail(StrEnum):
    """In which of its forms a cause shows."""

    NONE = ""
    AWAY = "away"
    """Presence says so."""
    LEFT = "left"
    """No longer in the channel."""
    SILENT = "silent"
    """Nothing was heard of them while others were active."""
    FAILED = "failed"
    REPEATED = "repeated"
    RETURNED = "returned"
    """The stage was made active again."""
    BELATED = "belated"
    """A task of a stage that had been left was done after all."""
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    LATE = "late"
    """Somebody was assigned in the end."""
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Something that is on record: an entry of the log, or (`sequence` 0) a change of presence."""

    at: Millis
    sequence: int = 0
    user_id: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A cause of a gap. `score` is from 0 to 1; from `since` to `until` it held things up.

    `user_ids` are those it is about, `count` is how many times, members, or past runs. By the power of
    `by_length` a shorter time of the same is less: a minute after hours is no night.
    """

    cause: Cause
    detail: Detail = Detail.NONE
    score: float
    since: Millis
    until: Millis
    evidence: tuple[Evidence, ...]
    user_ids: tuple[str, ...] = ()
    count: int = 0
    by_length: float = 0.0


def seen(*entries: Entry) -> tuple[Evidence, ...]:
    """These entries as evidence, in the order of the log, each once."""
    unique = {entry.sequence: entry for entry in entries}
    return tuple(
        Evidence(at=entry.at, sequence=number, user_id=entry.actor_id)
        for number, entry in sorted(unique.items())
    )
