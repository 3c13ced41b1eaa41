"""Whose turn it was: whose task ended an interval, or who led where no task was left."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from commandpost.incidents.model.review.durations import Interval
from commandpost.incidents.model.timeline import Entry, TaskAdded, TaskAssigned
from commandpost.kernel.clock import Millis

_LATEST = 0.4
"""Who got the task after so much of an interval has not had it for most of it."""


@dataclass(frozen=True, slots=True)
class Owned:
    """Whose turn it was and until when; `entries` say so, `passed_on` that it was taken from them."""

    user_id: str
    since: Millis
    until: Millis
    entries: tuple[Entry, ...]
    passed_on: bool = False


def owned(assignments: Sequence[Entry], window: Interval) -> Owned | None:
    """Whose task it was in an interval, by the entries that gave it to somebody; None if nobody's."""
    latest = Millis(window.since + int(_LATEST * window.length_ms))
    entries = [one for one in assignments if one.at <= window.until]
    turns = [
        Owned(
            assignee_of(entry),
            max(window.since, entry.at),
            later.at if later else window.until,
            (entry, later) if later else (entry,),
            passed_on=later is not None,
        )
        for entry, later in pairwise([*entries, None])
        if entry and assignee_of(entry) and entry.at <= latest and (later is None or later.at > window.since)
    ]
    return max(turns, key=lambda turn: turn.until - turn.since, default=None)


def assignee_of(entry: Entry) -> str:
    """To whom an entry gives a task, "" if to nobody."""
    payload = entry.payload
    if isinstance(payload, TaskAssigned):
        return payload.to_id
    return payload.assignee_id if isinstance(payload, TaskAdded) else ""
