"""A team's dashboard as v0 sends it."""

from collections.abc import Sequence

import msgspec

from commandpost.incidents.actions.dashboard import LoadOf, TimesOf, ToDoOf
from commandpost.incidents.model.dashboard.times import MonthTimes, Spread, Times
from commandpost.incidents.model.dashboard.to_do import OpenFollowUp


class SpreadShape(msgspec.Struct, kw_only=True):
    """Half of `count` took no longer than the median, nine of ten no longer than `long_ms`."""

    count: int
    median_ms: int
    long_ms: int


class StageReachedShape(msgspec.Struct, kw_only=True):
    """How long it took until a stage was entered for the first time."""

    title: str
    reached: SpreadShape


class TimesShape(msgspec.Struct, kw_only=True):
    """What so many incidents took; null where it happened in none of them."""

    incidents: int
    first_update: SpreadShape | None
    end: SpreadShape | None
    stages: list[StageReachedShape]


class MonthTimesShape(msgspec.Struct, kw_only=True):
    """Of the incidents that began in a month, "2026-11" in the reader's zone."""

    month: str
    times: TimesShape


class PlaybookTimesShape(msgspec.Struct, kw_only=True):
    """Of the incidents of a playbook: its id is "" for none, its title "" for one the caller may not see."""

    playbook_id: str
    title: str
    times: TimesShape
    months: list[MonthTimesShape]


class OpenFollowUpShape(msgspec.Struct, kw_only=True):
    """A follow-up that is not done. No assignee is "", no due date 0."""

    id: str
    incident_id: str
    incident_name: str
    playbook_id: str
    title: str
    assignee_id: str
    assignee_username: str
    due_at: int
    create_at: int


class TimesOfShape(msgspec.Struct, kw_only=True):
    """What the incidents took that the caller may see; months are of that time zone."""

    timezone: str
    ongoing: int
    times: TimesShape
    months: list[MonthTimesShape]
    playbooks: list[PlaybookTimesShape]


class ToDoShape(msgspec.Struct, kw_only=True):
    """How many follow-ups are open, of how many the time is over, and those due first."""

    open: int
    overdue: int
    items: list[OpenFollowUpShape]


class PersonLoadShape(msgspec.Struct, kw_only=True):
    """How many things somebody did in each hour of the day, from midnight on."""

    user_id: str
    username: str
    hours: list[int]


class LoadShape(msgspec.Struct, kw_only=True):
    """What `people` did in each hour of the day of that time zone; nothing with fewer than three of them."""

    timezone: str
    people: int
    hours: list[int]
    persons: list[PersonLoadShape]


def times_of_shape(told: TimesOf) -> TimesOfShape:
    return TimesOfShape(
        timezone=str(told.zone),
        ongoing=told.ongoing,
        times=_times(told.summary.times),
        months=_months(told.summary.months),
        playbooks=[
            PlaybookTimesShape(
                playbook_id=one.playbook_id,
                title=told.titles.get(one.playbook_id, ""),
                times=_times(one.times),
                months=_months(one.months),
            )
            for one in told.summary.playbooks
        ],
    )


def to_do_shape(told: ToDoOf) -> ToDoShape:
    return ToDoShape(
        open=sum(one.open for one in told.counts),
        overdue=sum(one.overdue for one in told.counts),
        items=[_follow_up(one, told) for one in told.follow_ups],
    )


def load_shape(told: LoadOf, *, most_people: int) -> LoadShape:
    """Of those who do least, only the sum is told where there are very many."""
    return LoadShape(
        timezone=str(told.zone),
        people=told.load.people,
        hours=list(told.load.hours),
        persons=[
            PersonLoadShape(
                user_id=one.user_id, username=told.usernames.get(one.user_id, ""), hours=list(one.hours)
            )
            for one in told.load.persons[:most_people]
        ],
    )


def _months(months: Sequence[MonthTimes]) -> list[MonthTimesShape]:
    return [MonthTimesShape(month=one.month, times=_times(one.times)) for one in months]


def _times(times: Times) -> TimesShape:
    return TimesShape(
        incidents=times.incidents,
        first_update=_spread(times.first_update),
        end=_spread(times.end),
        stages=[StageReachedShape(title=one.title, reached=_known(one.reached)) for one in times.stages],
    )


def _spread(spread: Spread | None) -> SpreadShape | None:
    return None if spread is None else _known(spread)


def _known(spread: Spread) -> SpreadShape:
    return SpreadShape(count=spread.count, median_ms=spread.median_ms, long_ms=spread.long_ms)


def _follow_up(one: OpenFollowUp, told: ToDoOf) -> OpenFollowUpShape:
    wanted = one.follow_up.wanted
    return OpenFollowUpShape(
        id=one.follow_up.id,
        incident_id=one.follow_up.incident_id,
        incident_name=one.incident_name,
        playbook_id=one.playbook_id,
        title=wanted.title,
        assignee_id=wanted.assignee_id,
        assignee_username=told.usernames.get(wanted.assignee_id, ""),
        due_at=wanted.due_at,
        create_at=one.follow_up.create_at,
    )
