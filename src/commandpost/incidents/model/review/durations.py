"""How long things took: intervals between completions, in this incident and in the playbook's past runs."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from commandpost.incidents.model.timeline import (
    Entry,
    IncidentEnded,
    IncidentRestarted,
    IncidentStarted,
    TaskTicked,
)
from commandpost.kernel.clock import MINUTE_MS, Millis
from commandpost.kernel.text import folded

RUNS_NEEDED = 5
"""From so many past runs of a playbook on, the history of its tasks says what is long for each."""

SHORTEST_GAP_MS = 5 * MINUTE_MS
_BEGINNINGS = (IncidentStarted, IncidentRestarted)
_COMPLETIONS = (TaskTicked, IncidentEnded)

END = ""
"""The key of the interval between the last completion and the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The time between two consecutive completions, or from the start to the first, or the last to the end.

    `closing` is the entry that ends it; the numbers are those of the entries at its two ends.
    """

    since: Millis
    until: Millis
    first: int
    last: int
    closing: TaskTicked | IncidentEnded

    @property
    def length_ms(self) -> int:
        return self.until - self.since

    @property
    def key(self) -> str:
        """What makes intervals of different runs comparable: the title of the task that ended them."""
        return _key(self.closing)


@dataclass(frozen=True, slots=True)
class Past:
    """What the playbook's earlier runs took, by the interval's key; lengths in ascending order."""

    runs: int = 0
    lengths: Mapping[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])

    def of(self, key: str) -> tuple[int, ...]:
        return self.lengths.get(key, ())


@dataclass(frozen=True, slots=True)
class Measure:
    """What a gap is in one incident: longer than five minutes and than twice what is usual."""

    own_median_ms: float
    past: Past

    def threshold_ms(self, interval: Interval) -> int:
        """An interval longer than this is a gap."""
        lengths = self.past.of(interval.key)
        usual = median(lengths) if lengths and self.past.runs >= RUNS_NEEDED else self.own_median_ms
        return max(SHORTEST_GAP_MS, int(2 * usual))

    def is_gap(self, interval: Interval) -> bool:
        return interval.length_ms > self.threshold_ms(interval)


def intervals(ordered: Sequence[Entry]) -> tuple[Interval, ...]:
    """The intervals of an incident's entries, in order. What happens while it is ended belongs to none."""
    return tuple(
        Interval(since=before.at, until=after.at, first=before.sequence, last=after.sequence, closing=closing)
        for before, after, closing in _bounds(ordered)
    )


def past_of(runs: Iterable[Sequence[Entry]]) -> Past:
    """The history that these runs make; each is the entries of one run, in order."""
    lengths: dict[str, list[int]] = defaultdict(list)
    count = 0
    for run in runs:
        count += 1
        for before, after, closing in _bounds(run):
            lengths[_key(closing)].append(after.at - before.at)
    return Past(count, {key: tuple(sorted(some)) for key, some in lengths.items()})


def _bounds(ordered: Sequence[Entry]) -> Iterator[tuple[Entry, Entry, TaskTicked | IncidentEnded]]:
    """The entries at both ends of each interval, and what the later one says."""
    before: Entry | None = None
    for entry in ordered:
        payload = entry.payload
        if isinstance(payload, _BEGINNINGS):
            before = entry
        elif before is not None and isinstance(payload, _COMPLETIONS):
            yield before, entry, payload
            before = None if isinstance(payload, IncidentEnded) else entry


def _key(closing: TaskTicked | IncidentEnded) -> str:
    return _folded(closing.title) if isinstance(closing, TaskTicked) else END


@lru_cache(maxsize=10_000)
def _folded(title: str) -> str:
    return folded(title)


def median(ordered: Sequence[int]) -> float:
    """The middle of numbers in ascending order; 0 for none."""
    middle = len(ordered) // 2
    if not ordered:
        return 0.0
    return float(ordered[middle]) if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def share_at_least(ordered: Sequence[int], length: float) -> float:
    """Which part of numbers in ascending order is at least so much; 0 for none."""
    return (len(ordered) - bisect_left(ordered, length)) / len(ordered) if ordered else 0.0
