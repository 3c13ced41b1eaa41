"""Working hours as people write them."""

import pytest

from commandpost.incidents.model.review.working_hours import shifts, united, working_spans
from tests.model.review.telling import MONDAY

HOUR = 3_600_000
WEEK = frozenset(range(5))


@pytest.mark.parametrize(
    ("text", "days", "begin", "end"),
    [
        ("9-17", WEEK, 9 * 60, 17 * 60),
        ("Mon-Fri 09:00-17:30", WEEK, 9 * 60, 17 * 60 + 30),
        ("Mo\u2013Do 8.30 bis 16 Uhr", frozenset(range(4)), 8 * 60 + 30, 16 * 60),
        ("Fri-Mon 22:00-06:00", frozenset({4, 5, 6, 0}), 22 * 60, 30 * 60),
        ("monday, wed and Saturday 9am - 5pm", frozenset({0, 2, 5}), 9 * 60, 17 * 60),
        ("24/7", frozenset(range(7)), 0, 24 * 60),
    ],
)
def test_they_are_read(text: str, days: frozenset[int], begin: int, end: int) -> None:
    assert shifts(text) == ((days, begin, end),)


def test_days_may_differ() -> None:
    first, second = shifts("Mon-Thu 9-17; Fri 9-15")

    assert first[0] == frozenset(range(4))
    assert second == (frozenset({4}), 540, 900)


@pytest.mark.parametrize(
    "text", ["", "mornings", "9", "25-30", "9-9", "from time to time 9-5", "13pm-2pm", "-"]
)
def test_what_cannot_be_read_is_not_guessed(text: str) -> None:
    assert shifts(text) == ()


def test_they_hold_in_the_zone_of_the_person() -> None:
    spans = working_spans("9-17", "America/New_York", MONDAY, MONDAY + 24 * HOUR)

    assert spans == ((MONDAY + 5 * HOUR, MONDAY + 13 * HOUR),)
    assert working_spans("9-17", "Nowhere/At all", MONDAY, MONDAY + HOUR) is None


def test_a_night_shift_goes_on_after_midnight() -> None:
    spans = working_spans("22-6", "UTC", MONDAY + 15 * HOUR, MONDAY + 22 * HOUR)

    assert united(spans or ()) == ((MONDAY + 15 * HOUR, MONDAY + 21 * HOUR),)
