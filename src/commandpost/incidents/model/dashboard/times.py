"""How long incidents took to the first update, to each stage and to the end, by playbook and month."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from statistics import median
from typing import TypeVar

from commandpost.kernel.clock import NEVER, SECOND_MS, Millis

_LONG_SHARE = 0.9

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """An incident. What has not happened is 0; `stages` are those that were entered, and when."""

    playbook_id: str
    start_at: Millis
    first_update_at: Millis = NEVER
    end_at: Millis = NEVER
    stages: Sequence[tuple[str, Millis]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Half of so many took no longer than the median, nine of ten no longer than `long_ms`."""

    count: int
    median_ms: int
    long_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StageReached:
    """How long it took until a stage was entered for the first time."""

    title: str
    reached: Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """What incidents took. None where it happened in none of them."""

    incidents: int
    first_update: Spread | None
    end: Spread | None
    stages: Sequence[StageReached] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTimes:
    """What the incidents took that began in a month, "2026-11"."""

    month: str
    times: Times


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookTimes:
    """What the incidents of a playbook took; its id is "" for those without one."""

    playbook_id: str
    times: Times
    months: Sequence[MonthTimes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """All of them, by month, and by playbook and month."""

    times: Times
    months: Sequence[MonthTimes]
    playbooks: Sequence[PlaybookTimes]


def summed_up(runs: Sequence[Run], zone: tzinfo) -> Summary:
    """Months as they are in a zone, the first first; the playbook of the most incidents first."""
    by_playbook = _grouped(runs, lambda run: run.playbook_id)
    ranked = sorted(by_playbook.items(), key=lambda one: (-len(one[1]), one[0]))
    return Summary(
        times=times_of(runs),
        months=months_of(runs, zone),
        playbooks=tuple(
            PlaybookTimes(playbook_id=id_, times=times_of(some), months=months_of(some, zone))
            for id_, some in ranked
        ),
    )


def months_of(runs: Sequence[Run], zone: tzinfo) -> tuple[MonthTimes, ...]:
    """By the month in which they began; months without any are left out."""
    by_month = _grouped(runs, lambda run: month_of(run.start_at, zone))
    return tuple(MonthTimes(month=month, times=times_of(some)) for month, some in sorted(by_month.items()))


def times_of(runs: Sequence[Run]) -> Times:
    """What these took; stages in the order in which they are mostly reached."""
    reached: dict[str, list[int]] = defaultdict(list)
    for run in runs:
        for title, at in run.stages:
            reached[title].append(at - run.start_at)
    stages = [
        StageReached(title=title, reached=spread)
        for title, took in reached.items()
        if (spread := _spread(took))
    ]
    return Times(
        incidents=len(runs),
        first_update=_spread(run.first_update_at - run.start_at for run in runs if run.first_update_at),
        end=_spread(run.end_at - run.start_at for run in runs if run.end_at),
        stages=sorted(stages, key=lambda one: (one.reached.median_ms, one.title)),
    )


def month_of(at: Millis, zone: tzinfo) -> str:
    """The month of a moment in a zone, as "2026-11"."""
    try:
        return f"{datetime.fromtimestamp(at / SECOND_MS, zone):%Y-%m}"
    except (OverflowError, OSError, ValueError):
        return ""


def _spread(durations: Iterable[int]) -> Spread | None:
    """Clocks may have been turned back: nothing takes less than no time."""
    took = sorted(max(0, one) for one in durations)
    if not took:
        return None
    long_at = -int(-len(took) * _LONG_SHARE // 1) - 1
    return Spread(count=len(took), median_ms=round(median(took)), long_ms=took[long_at])


def _grouped(runs: Sequence[Run], key: Callable[[Run], Key]) -> dict[Key, list[Run]]:
    groups: dict[Key, list[Run]] = defaultdict(list)
    for run in runs:
        groups[key(run)].append(run)
    return groups
