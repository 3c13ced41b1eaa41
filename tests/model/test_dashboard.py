"""What a team's incidents say together: times by playbook and month, load by hour, tables."""

import csv
import io
from datetime import UTC, datetime, timedelta, tzinfo
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from commandpost.incidents.model.dashboard.load import Deeds, Load, PersonLoad, load_of, periods
from commandpost.incidents.model.dashboard.tables import load_csv, times_csv
from commandpost.incidents.model.dashboard.times import Run, Spread, months_of, summed_up, times_of
from commandpost.kernel.clock import DAY_MS, HOUR_MS, MINUTE_MS, Millis

BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
"""Its clocks are changed by half an hour."""


def a_run(playbook_id: str, start: int, update: int, end: int) -> Run:
    return Run(
        playbook_id=playbook_id,
        start_at=Millis(start),
        first_update_at=Millis(start + update if update else 0),
        end_at=Millis(start + end if end else 0),
        stages=[("Mitigate", Millis(start + update))] if update else [],
    )


starts = st.integers(1_600_000_000_000, 1_900_000_000_000)
runs = st.lists(
    st.builds(
        a_run, st.sampled_from(["", "a", "b"]), starts, st.integers(0, DAY_MS), st.integers(0, 9 * DAY_MS)
    ),
    max_size=30,
)


def at(text: str, zone: tzinfo = UTC) -> Millis:
    return Millis(int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()) * 1000)


def run(minutes: int) -> Run:
    start = at("2026-03-10T12:00")
    return Run(playbook_id="a", start_at=start, end_at=Millis(start + minutes * MINUTE_MS))


def test_the_median_and_what_nine_of_ten_do_not_exceed() -> None:
    told = times_of([run(minutes) for minutes in (10, 1, 2, 3, 4, 5, 6, 7, 8, 90)])

    assert told.end == Spread(count=10, median_ms=5 * MINUTE_MS + 30_000, long_ms=10 * MINUTE_MS)
    assert (told.incidents, told.first_update, told.stages) == (10, None, [])


def test_stages_stand_in_the_order_in_which_they_are_mostly_reached() -> None:
    start = at("2026-03-10T12:00")
    some = [
        Run(
            playbook_id="a",
            start_at=start,
            stages=[("Close", Millis(start + close)), ("Mend", Millis(start + 9))],
        )
        for close in (5, 20, 30)
    ]

    assert [(one.title, one.reached.median_ms) for one in times_of(some).stages] == [
        ("Mend", 9),
        ("Close", 20),
    ]


def test_a_month_is_that_of_the_readers_zone() -> None:
    new_year = Run(playbook_id="", start_at=at("2025-12-31T23:30"))

    assert [one.month for one in months_of([new_year], UTC)] == ["2025-12"]
    assert [one.month for one in months_of([new_year], BERLIN)] == ["2026-01"]


@given(runs, st.randoms(use_true_random=False))
def test_parts_make_up_the_whole_in_any_order(some: list[Run], random: Random) -> None:
    told = summed_up(some, BERLIN)
    other = list(some)
    random.shuffle(other)

    assert summed_up(other, BERLIN) == told
    assert sum(one.times.incidents for one in told.months) == len(some)
    assert sum(one.times.incidents for one in told.playbooks) == len(some)
    for one in told.playbooks:
        assert sum(month.times.incidents for month in one.months) == one.times.incidents
        for spread in (one.times.first_update, one.times.end):
            assert spread is None or 0 <= spread.median_ms <= spread.long_ms


@given(st.sampled_from([UTC, BERLIN, LORD_HOWE]), st.integers(0, 364), st.integers(0, 24 * 60))
def test_in_every_period_the_clock_shows_the_hour_of_the_zone(zone: tzinfo, day: int, minute: int) -> None:
    begin = at("2024-01-01T00:00")
    moment = begin + day * DAY_MS + minute * MINUTE_MS
    found = periods(zone, since=begin, until=Millis(begin + 366 * DAY_MS))

    (here,) = [one for one in found if one.since <= moment < one.until]
    shown = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=moment)
    assert (moment + here.ahead_ms) // HOUR_MS % 24 == shown.astimezone(zone).hour
    assert [one.since for one in found[1:]] == [one.until for one in found[:-1]]


def test_of_two_people_nothing_is_told_and_bots_are_none() -> None:
    deeds = [Deeds(user_id=name, hour=9, count=2) for name in ("ana", "ben", "bot")]

    assert load_of(deeds, bots={"bot"}) == Load(people=2)
    three = load_of([*deeds, Deeds(user_id="cy", hour=23, count=5)], bots={"bot"})
    assert [one.user_id for one in three.persons] == ["cy", "ana", "ben"]
    assert (three.hours[9], three.hours[23], sum(three.hours)) == (4, 5, 9)


def test_tables_hold_every_figure_and_nothing_that_a_spreadsheet_would_run() -> None:
    rows = list(csv.DictReader(io.StringIO(times_csv(summed_up([run(3), run(5)], UTC), {"a": "=1+1"}))))

    (mine,) = [row for row in rows if row["of"] == "playbook and month" and row["until"] == "end"]
    assert (mine["playbook"], mine["month"], mine["counted"], mine["median_ms"]) == (
        "'=1+1",
        "2026-03",
        "2",
        str(4 * MINUTE_MS),
    )
    load = Load(people=3, persons=[PersonLoad(user_id="x", hours=[1] * 24)], hours=[2] * 24)
    lines = load_csv(load, {"x": "xena"}).splitlines()
    assert (lines[1].split(",")[0], lines[1].split(",")[-1], lines[2][:5]) == ("*", "48", "xena,")
