"""The figures of a dashboard as tables for spreadsheets: durations in milliseconds, one figure a line."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo

from commandpost.incidents.model.dashboard.load import HOURS, Load
from commandpost.incidents.model.dashboard.times import Spread, Summary, Times
from commandpost.incidents.model.dashboard.to_do import OpenFollowUp
from commandpost.kernel.clock import SECOND_MS
from commandpost.kernel.text import as_cell

_TIMES = (
    "of",
    "playbook_id",
    "playbook",
    "month",
    "until",
    "incidents",
    "counted",
    "median_ms",
    "nine_of_ten_ms",
)
_FOLLOW_UPS = ("title", "assignee", "due", "created", "incident", "incident_id", "playbook", "id")
_LOAD = ("person", *(f"{hour:02}" for hour in range(HOURS)), "all")
_EVERYBODY = "*"


def times_csv(summary: Summary, titles: Mapping[str, str]) -> str:
    """A line for each figure; `of` says whether it is of all, a month, a playbook, or a playbook's month."""
    lines = list(_lines(("all", "", "", ""), summary.times))
    for month in summary.months:
        lines += _lines(("month", "", "", month.month), month.times)
    for one in summary.playbooks:
        title = titles.get(one.playbook_id, "")
        lines += _lines(("playbook", one.playbook_id, title, ""), one.times)
        for month in one.months:
            lines += _lines(("playbook and month", one.playbook_id, title, month.month), month.times)
    return _written((_TIMES, *lines))


def follow_ups_csv(
    to_do: Iterable[OpenFollowUp], titles: Mapping[str, str], usernames: Mapping[str, str], zone: tzinfo
) -> str:
    """A line for each open follow-up."""
    rows = [
        (
            one.follow_up.wanted.title,
            usernames.get(one.follow_up.wanted.assignee_id, ""),
            _day(one.follow_up.wanted.due_at, zone),
            _day(one.follow_up.create_at, zone),
            one.incident_name,
            one.follow_up.incident_id,
            titles.get(one.playbook_id, ""),
            one.follow_up.id,
        )
        for one in to_do
    ]
    return _written((_FOLLOW_UPS, *rows))


def load_csv(load: Load, usernames: Mapping[str, str]) -> str:
    """A line for each person and one, *, for everybody; none where they are too few."""
    rows = [(usernames.get(one.user_id, one.user_id), *one.hours, sum(one.hours)) for one in load.persons]
    everybody = [(_EVERYBODY, *load.hours, sum(load.hours))] if load.hours else []
    return _written((_LOAD, *everybody, *rows))


def _written(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV; nothing in them is run by a spreadsheet."""
    text = io.StringIO()
    csv.writer(text).writerows([as_cell(str(cell)) for cell in row] for row in rows)
    return text.getvalue()


def _day(at: int, zone: tzinfo) -> str:
    if not at:
        return ""
    try:
        return f"{datetime.fromtimestamp(at / SECOND_MS, zone):%Y-%m-%d}"
    except (OverflowError, OSError, ValueError):
        return str(at)


def _lines(of: tuple[str, ...], times: Times) -> Iterator[tuple[object, ...]]:
    spreads: list[tuple[str, Spread | None]] = [("first update", times.first_update)]
    spreads += [(f"stage: {one.title}", one.reached) for one in times.stages]
    for until, spread in (*spreads, ("end", times.end)):
        if spread is None:
            yield (*of, until, times.incidents, 0, "", "")
        else:
            yield (*of, until, times.incidents, spread.count, spread.median_ms, spread.long_ms)
