"""What takes long anyway."""

from collections.abc import Sequence
from math import comb

from commandpost.incidents.model.review.chronicle import Chronicle
from commandpost.incidents.model.review.durations import RUNS_NEEDED, Interval, median, share_at_least
from commandpost.incidents.model.review.evidence import Cause, Claim, seen
from commandpost.incidents.model.timeline import TaskTicked

_FEWEST_ALIKE = 3
"""Less than that may be chance."""

_FEWEST_OF_FEW = 2
"""Where there are hardly any earlier runs, that has to do, if they were about as long and not longer."""

_ABOUT = (2 / 3, 1.6)
"""From how many times to how many times is about as long."""

_USUAL_SHARE = 0.4
"""So many earlier runs have to have taken about as long: one in three may have been held up itself."""

_BY_CHANCE = 0.2
"""What is more likely than that to be seen of any task says nothing about one."""


def usual_length(chronicle: Chronicle, window: Interval) -> Claim | None:
    """The task took about as long in earlier runs. Asked of gaps only: it is true of most else."""
    lengths = chronicle.past.of(window.key)
    if not isinstance(window.closing, TaskTicked) or not chronicle.measure.is_gap(window):
        return None
    few = len(lengths) < RUNS_NEEDED
    if not (_was_as_long(lengths, window) if few else _is_often_long(chronicle, lengths, window)):
        return None
    return Claim(
        cause=Cause.USUAL_LENGTH,
        score=0.6,
        since=window.since,
        until=window.until,
        evidence=seen(chronicle.entry_at(window.last)),
        count=min(_as_long(lengths, window), chronicle.past.runs),
    )


def _as_long(lengths: Sequence[int], window: Interval) -> int:
    """How many earlier completions took about as long or longer."""
    return round(share_at_least(lengths, _ABOUT[0] * window.length_ms) * len(lengths))


def _was_as_long(lengths: Sequence[int], window: Interval) -> bool:
    """Of a few earlier runs, half and no less than two took about as long, and not much longer either.

    Or three and more took, all of them, as long or longer.
    """
    if len(lengths) >= _FEWEST_ALIKE and _as_long(lengths, window) == len(lengths):
        return True
    shortest, longest = (times * window.length_ms for times in _ABOUT)
    alike = sum(shortest <= length <= longest for length in lengths)
    return alike >= _FEWEST_OF_FEW and 2 * alike >= len(lengths)


def _is_often_long(chronicle: Chronicle, lengths: Sequence[int], window: Interval) -> bool:
    """Of more earlier runs enough took about as long or longer, and other tasks do so less often."""
    share = share_at_least(lengths, _ABOUT[0] * window.length_ms)
    return (
        share >= _USUAL_SHARE
        and _as_long(lengths, window) >= _FEWEST_ALIKE
        and not _is_usual_here(chronicle, window, share)
    )


def _is_usual_here(chronicle: Chronicle, window: Interval, share: float) -> bool:
    """Whether other tasks of the playbook take long as often, for what is usual of them.

    Then it tells how incidents go here, not how this task does.
    """
    lengths = chronicle.past.of(window.key)
    if not median(lengths):
        return False
    times = _ABOUT[0] * window.length_ms / median(lengths)
    others = [
        some for key, some in chronicle.past.lengths.items() if key != window.key and len(some) >= RUNS_NEEDED
    ]
    long = sum(share_at_least(some, times * median(some)) * len(some) for some in others)
    elsewhere = (long + 1) / (sum(len(some) for some in others) + RUNS_NEEDED)
    return _at_least(round(share * len(lengths)), len(lengths), elsewhere) > _BY_CHANCE


def _at_least(times: int, of: int, share: float) -> float:
    """How likely something happens so often by chance that happens in that share of runs."""
    return sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(times, of + 1))
