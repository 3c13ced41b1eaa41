"""What is going to happen in an incident: which tasks in which order, and what holds them up for how long."""

from dataclasses import dataclass, replace
from random import Random

from tests.lived.causes import Cause
from tests.lived.people import DAY, HOUR, MINUTE, Person, all_off, local_time
from tests.lived.playbooks import Book, Work

_SHORTEST_MS = 5 * MINUTE
_LONGEST_MS = 75 * MINUTE
_SEARCH_STEP = 10 * MINUTE
_AT_THE_END = (Cause.QUIET, Cause.ANSWER, Cause.COMMANDER)
_ANYWHERE = (
    *(Cause.NOBODY, Cause.SILENT, Cause.COMMANDER, Cause.COMMAND),
    *(Cause.COMMAND, Cause.RETURN, Cause.ANSWER, Cause.QUIET, Cause.HOURS),
)
_NOT_WITH_OTHERS = frozenset({Cause.QUIET, Cause.HOURS, Cause.NOBODY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A cause, and for how long it holds people up."""

    cause: Cause
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A task and the time up to its completion; without a task, the time up to the end."""

    stage: int
    work: Work | None
    work_ms: int
    held: tuple[Held, ...] = ()
    has_look_alike: bool = False

    @property
    def length(self) -> int:
        return self.work_ms + sum(one.length for one in self.held)

    def is_held_by(self, cause: Cause) -> bool:
        return any(one.cause is cause for one in self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An incident to be."""

    start: int
    members: tuple[Person, ...]
    steps: tuple[Step, ...]


_CLOSING = Work(title="", median_ms=4 * MINUTE, spread=0.3)


def a_plan(rng: Random, book: Book, day: int) -> Plan:
    """A plan for an incident on that day, a workday."""
    members = rng.sample(book.crew, rng.randint(4, min(6, len(book.crew))))
    steps = _steps(rng, book)
    gone_home = [place for place, step in enumerate(steps) if step.is_held_by(Cause.HOURS)]
    for place in gone_home[1:]:
        steps[place] = replace(steps[place], held=())
    if gone_home:
        place = gone_home[0]
        night = _night(members, day)
        if night is not None:
            closes = night[0] + rng.randint(0, 25) * MINUTE
            opens = night[1] + rng.randint(0, 15) * MINUTE
            steps[place] = replace(steps[place], held=(Held(cause=Cause.HOURS, length=opens - closes),))
            start = closes - sum(step.length for step in steps[:place])
            return Plan(start=start, members=tuple(members), steps=tuple(steps))
        held = Held(cause=Cause.QUIET, length=steps[place].held[0].length)
        steps[place] = replace(steps[place], held=(held,))
    is_at_night = rng.random() < 0.08
    hour = rng.uniform(20, 23) if is_at_night else rng.uniform(9.2, 11.5)
    start = local_time(members[0].zone, day, hour=hour)
    return Plan(start=start, members=tuple(members), steps=tuple(steps))


def _steps(rng: Random, book: Book) -> list[Step]:
    steps: list[Step] = []
    for place, part in enumerate(book.parts):
        tasks = list(part.tasks)
        if len(tasks) > 1 and rng.random() < 0.15:
            swapped = rng.randrange(len(tasks) - 1)
            tasks[swapped], tasks[swapped + 1] = tasks[swapped + 1], tasks[swapped]
        steps += [_step(rng, book, place, task) for task in tasks if rng.random() > 0.02]
    steps.append(_step(rng, book, len(book.parts) - 1, None))
    return steps


def _step(rng: Random, book: Book, stage: int, task: Work | None) -> Step:
    work = task or _CLOSING
    work_ms = work.drawn(rng)
    chance = rng.random()
    step = Step(stage=stage, work=task, work_ms=work_ms, has_look_alike=rng.random() < 0.2)
    if chance < 0.15:
        return replace(step, held=_held(rng, book, task))
    if chance < 0.23:
        long_ms = int(max(work.median_ms, 3 * MINUTE) * rng.uniform(2.4, 5))
        return replace(step, work_ms=max(long_ms, work_ms, 6 * MINUTE))
    return step


def _held(rng: Random, book: Book, task: Work | None) -> tuple[Held, ...]:
    usual = (task or _CLOSING).median_ms
    least = max(_SHORTEST_MS, 2 * usual)
    length = int(min(least * rng.uniform(1.2, 3), max(_LONGEST_MS, least * 1.2)))
    choices = [cause for cause in (_ANYWHERE if task else _AT_THE_END) if _is_possible(cause, book, task)]
    first = rng.choice(choices)
    if first in _NOT_WITH_OTHERS or rng.random() < 0.8:
        return (Held(cause=first, length=length),)
    second = rng.choice([cause for cause in choices if cause not in {first, *_NOT_WITH_OTHERS}])
    share = rng.uniform(0.25, 0.75)
    return (
        Held(cause=first, length=int(length * 1.3 * share)),
        Held(cause=second, length=int(length * 1.3 * (1 - share))),
    )


def _is_possible(cause: Cause, book: Book, task: Work | None) -> bool:
    if cause in (Cause.NOBODY, Cause.SILENT):
        return book.habit_of_assigning != "never"
    if cause is Cause.COMMAND:
        return task is not None and task.command != ""
    return True


def _night(members: list[Person], day: int) -> tuple[int, int] | None:
    """When all have gone home, and when the first is back; None if there is always somebody."""
    start = local_time(members[0].zone, day, hour=12)
    at = start
    while at < start + 6 * DAY:
        if all_off(members, at):
            closes = at
            while all_off(members, at) and at < closes + 4 * DAY:
                at += _SEARCH_STEP
            if at - closes >= 4 * HOUR:
                return closes, at
        at += _SEARCH_STEP
    return None
