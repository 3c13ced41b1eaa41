"""How long something lasted, in words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commandpost.incidents.model.duration import duration_text, incident_duration_text
from commandpost.kernel.clock import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, Millis


@pytest.mark.parametrize(
    ("lasted", "text"),
    [
        (0, "< 1m"),
        (59 * SECOND_MS, "< 1m"),
        (59_600, "1m"),
        (15 * MINUTE_MS, "15m"),
        (3 * HOUR_MS, "3h"),
        (2 * HOUR_MS + 45 * MINUTE_MS, "2h 45m"),
        (DAY_MS, "1d"),
        (4 * DAY_MS + 15 * MINUTE_MS, "4d 15m"),
        (20 * DAY_MS + 3 * HOUR_MS, "20d 3h"),
        (30 * DAY_MS + 10 * HOUR_MS + 59 * MINUTE_MS, "30d 10h 59m"),
        (365 * DAY_MS, "365d"),
    ],
)
def test_a_duration_in_words(lasted: int, text: str) -> None:
    assert duration_text(lasted) == text


_UNITS = {"d": DAY_MS, "h": HOUR_MS, "m": MINUTE_MS}


@given(st.integers(min_value=MINUTE_MS, max_value=10_000 * DAY_MS))
def test_the_words_say_the_duration_to_the_minute(lasted: int) -> None:
    said = sum(
        int(amount) * _UNITS[unit] for amount, unit in re.findall(r"(\d+)([dhm])", duration_text(lasted))
    )

    assert -MINUTE_MS < said - lasted <= SECOND_MS // 2


def test_an_ongoing_incident_lasts_until_now() -> None:
    text = incident_duration_text(
        create_at=Millis(0), end_at=Millis(0), is_active=True, now=Millis(15 * MINUTE_MS)
    )

    assert text == "15m"


def test_an_end_before_2020_is_not_believed() -> None:
    text = incident_duration_text(
        create_at=Millis(1000), end_at=Millis(2000), is_active=False, now=Millis(3000)
    )

    assert text == "--"
