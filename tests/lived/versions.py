"""A playbook before and after a change whose effect is known: for intervals that should cover it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import exp
from random import Random

from tests.lived.course import Course
from tests.lived.log import Archived
from tests.lived.people import DAY, MINUTE
from tests.lived.plan import Plan, Step
from tests.lived.playbooks import Book, Part, Work, a_book

_FIRST_DAY = int(datetime(2025, 5, 5, 9, tzinfo=UTC).timestamp() * 1000)
_CLOSING = Work(title="", median_ms=4 * MINUTE, spread=0.3)
_SIZE = 0.25
"""How much incidents differ as a whole: the spread of a lognormal factor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Runs by version 1 and by version 2, and what version 2 saves of an incident's duration in the mean."""

    before: tuple[Archived, ...]
    after: tuple[Archived, ...]
    saved_ms: float


def changed(seed: int, *, changes: int = 100, runs: int = 12) -> Iterator[Changed]:
    """Changes to playbooks; every fourth changes nothing about how long it takes."""
    for number in range(changes):
        rng = Random(f"{seed}/versions/{number}")
        old = _steady(a_book(rng, number=number))
        factor = 1.0 if number % 4 == 3 else rng.uniform(0.4, 1.2)
        new = _faster(old, factor)
        start = _FIRST_DAY
        later = start + 3 * runs * DAY
        yield Changed(
            before=tuple(_run(rng, old, start + place * 2 * DAY) for place in range(runs)),
            after=tuple(_run(rng, new, later + place * 2 * DAY) for place in range(runs)),
            saved_ms=_mean_ms(old) - _mean_ms(new),
        )


def _steady(book: Book) -> Book:
    """The playbook without tasks that take several times their median."""
    parts = [
        Part(title=part.title, tasks=tuple(replace(work, fitful=0.0) for work in part.tasks))
        for part in book.parts
    ]
    return replace(book, parts=tuple(parts))


def _faster(book: Book, factor: float) -> Book:
    """Version 2: the tasks of the first stage take that much of their time."""
    first, *others = book.parts
    tasks = tuple(replace(work, median_ms=int(work.median_ms * factor)) for work in first.tasks)
    return replace(book, version=2, parts=(replace(first, tasks=tasks), *others))


def _mean_ms(book: Book) -> float:
    works = (*book.tasks, _CLOSING)
    return sum(work.median_ms * exp(work.spread**2 / 2) for work in works) * exp(_SIZE**2 / 2)


def _run(rng: Random, book: Book, start: int) -> Archived:
    size = exp(rng.gauss(0, _SIZE))
    steps = [
        Step(stage=stage, work=work, work_ms=_time(rng, work, size))
        for stage, part in enumerate(book.parts)
        for work in part.tasks
    ]
    steps.append(Step(stage=len(book.parts) - 1, work=None, work_ms=_time(rng, _CLOSING, size)))
    plan = Plan(start=start, members=tuple(rng.sample(book.crew, 4)), steps=tuple(steps))
    return Course(rng, book, plan).lived().archived


def _time(rng: Random, work: Work, size: float) -> int:
    return int(work.drawn(rng) * size)
