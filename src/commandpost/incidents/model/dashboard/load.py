"""At which hours of the day people are at work in incidents, and how much they do then."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from commandpost.incidents.model.listing import END_OF_TIME
from commandpost.incidents.model.review.course import FEWEST_PEOPLE
from commandpost.incidents.model.timeline import (
    CommanderChanged,
    IncidentEnded,
    IncidentRestarted,
    IncidentStarted,
    PostSeen,
    StageChanged,
    StatusUpdated,
    TaskAdded,
    TaskAssigned,
    TaskEdited,
    TaskInProgress,
    TaskMoved,
    TaskRemoved,
    TaskRun,
    TaskTicked,
    TaskUnticked,
)
from commandpost.kernel.clock import DAY_MS, HOUR_MS, NEVER, SECOND_MS, Millis

HOURS = 24

DEEDS = tuple(
    kind.kind
    for kind in (
        IncidentStarted,
        IncidentEnded,
        IncidentRestarted,
        CommanderChanged,
        StageChanged,
        TaskTicked,
        TaskUnticked,
        TaskInProgress,
        TaskAssigned,
        TaskRun,
        TaskAdded,
        TaskEdited,
        TaskMoved,
        TaskRemoved,
        StatusUpdated,
        PostSeen,
    )
)
"""The entries of a log that somebody's work left there."""

_QUARTER_MS = HOUR_MS // 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A time in which the clocks of a zone are ahead of UTC by so much; `until` is not in it."""

    since: Millis
    until: Millis
    ahead_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """How many things somebody did in an hour of the day, counted from midnight."""

    user_id: str
    hour: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLoad:
    """How much somebody did in each hour of the day."""

    user_id: str
    hours: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How much was done in each hour of the day, by each and by all; nothing where they are too few."""

    people: int
    persons: Sequence[PersonLoad] = ()
    hours: Sequence[int] = ()


def load_of(deeds: Iterable[Deeds], *, bots: Collection[str]) -> Load:
    """Who does most first. Of fewer people than `FEWEST_PEOPLE` not even the sum is told: it is theirs."""
    by_person: dict[str, list[int]] = defaultdict(lambda: [0] * HOURS)
    for one in deeds:
        if one.user_id and one.user_id not in bots:
            by_person[one.user_id][one.hour % HOURS] += one.count
    if len(by_person) < FEWEST_PEOPLE:
        return Load(people=len(by_person))
    persons = [PersonLoad(user_id=id_, hours=tuple(hours)) for id_, hours in by_person.items()]
    return Load(
        people=len(persons),
        persons=sorted(persons, key=lambda one: (-sum(one.hours), one.user_id)),
        hours=tuple(map(sum, zip(*by_person.values(), strict=True))),
    )


def periods(zone: tzinfo, *, since: Millis, until: Millis) -> Sequence[Period]:
    """How far a zone's clocks are ahead, from always to ever; changes are looked for between two moments."""
    found: list[Period] = []
    begin, ahead = NEVER, _ahead(zone, since)
    for day in range(since, until + DAY_MS, DAY_MS):
        if _ahead(zone, day + DAY_MS) != ahead:
            change = next(
                at
                for at in range(day - day % _QUARTER_MS, day + 2 * DAY_MS, _QUARTER_MS)
                if at > day and _ahead(zone, at) != ahead
            )
            found.append(Period(since=begin, until=Millis(change), ahead_ms=ahead))
            begin, ahead = Millis(change), _ahead(zone, change)
    return (*found, Period(since=begin, until=END_OF_TIME, ahead_ms=ahead))


def _ahead(zone: tzinfo, at: int) -> int:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)
    return int((moment.astimezone(zone).utcoffset() or timedelta()).total_seconds()) * SECOND_MS
