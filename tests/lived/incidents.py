"""Incidents from a seed, with the truth about their gaps beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from tests.lived.causes import Cause
from tests.lived.course import Course, Lived, Remembered
from tests.lived.gaps import History, Stretch, gaps, stretches
from tests.lived.log import Archived
from tests.lived.people import DAY
from tests.lived.plan import a_plan
from tests.lived.playbooks import a_book

_FIRST_DAY = int(datetime(2025, 1, 6, 6, tzinfo=UTC).timestamp() * 1000)
_WORKDAYS = 5
_FEW_RUNS = 5
_ABOUT = 0.66


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueGap:
    """A gap, what it was down to for the most part, and what it may be called as well."""

    since: int
    until: int
    task: str
    main: Cause
    also: frozenset[Cause]

    def accepts(self, cause: Cause) -> bool:
        return cause is self.main or cause in self.also


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An incident as it goes into an archive, and beside it the truth."""

    archived: Archived
    gaps: tuple[TrueGap, ...]


def told(seed: int, *, playbooks: int = 10, runs: int = 30) -> Iterator[Told]:
    """Incidents of several playbooks, those of one playbook one after another in time."""
    for number in range(playbooks):
        rng = Random(f"{seed}/{number}")
        book = a_book(rng, number=number)
        history, unheld = History(), History()
        at = _FIRST_DAY
        for _ in range(runs):
            lived = Course(rng, book, a_plan(rng, book, at)).lived()
            own = stretches(lived.archived.events)
            yield Told(archived=lived.archived, gaps=_true_gaps(lived, own, history, unheld))
            free = {memory.until for memory in lived.memories if not memory.held}
            history.remember(own)
            unheld.remember([one for one in own if one.until in free])
            at = _workday(own[-1].until + rng.randint(1, 4) * DAY)


def _workday(at: int) -> int:
    while datetime.fromtimestamp(at / 1000, UTC).weekday() >= _WORKDAYS:
        at += DAY
    return at


def _true_gaps(
    lived: Lived, own: Sequence[Stretch], history: History, unheld: History
) -> tuple[TrueGap, ...]:
    memories = {memory.until: memory for memory in lived.memories}
    return tuple(
        _true_gap(gap, memories[gap.until], history.of(gap.task), unheld.of(gap.task))
        for gap in gaps(own, history)
    )


def _true_gap(gap: Stretch, memory: Remembered, runs: Sequence[int], unheld: Sequence[int]) -> TrueGap:
    """What held it up for longest is the cause; what did for at least half as long is one too.

    If nothing did, it is what the work usually takes where that is so of the runs that nothing held up. Where
    only those that were held up took as long, or runs are few, saying so is no fault, but not the truth.
    """
    also: frozenset[Cause]
    if memory.held:
        longest = max(memory.held, key=lambda held: held.length)
        main = longest.cause
        half = {held.cause for held in memory.held if held.length >= longest.length / 2}
        usual = frozenset({Cause.USUAL} if _is_usual(gap, runs) else ())
        also = (memory.also | half | usual) - {main}
    elif _is_usual(gap, unheld):
        main = Cause.USUAL
        also = frozenset({Cause.NONE} if len(unheld) < _FEW_RUNS else ())
    else:
        main = Cause.NONE
        may_seem = _is_usual(gap, runs) or (len(unheld) < _FEW_RUNS and _alike(gap, unheld) > 0)
        also = frozenset({Cause.USUAL} if may_seem else ())
    return TrueGap(since=gap.since, until=gap.until, task=gap.task, main=main, also=also)


def _alike(gap: Stretch, runs: Sequence[int]) -> int:
    """How many runs took about as long, or longer."""
    return sum(1 for length in runs if length >= _ABOUT * gap.length)


def _is_usual(gap: Stretch, runs: Sequence[int]) -> bool:
    return _alike(gap, runs) >= max(2, len(runs) / 4)
