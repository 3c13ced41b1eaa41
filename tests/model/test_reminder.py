"""Reminders in seconds."""

import pytest

from commandpost.incidents.model.reminder import (
    MAX_REMINDER_S,
    OPTIONS,
    OPTIONS_FOR_TESTING,
    ReminderOutOfRange,
    checked_reminder,
    reminder_seconds,
)


def test_the_choices_are_those_of_the_product() -> None:
    labels = [(option.label, option.seconds) for option in OPTIONS]

    assert labels == [
        ("None", 0),
        ("15min", 900),
        ("30min", 1800),
        ("60min", 3600),
        ("4hr", 14_400),
        ("24hr", 86_400),
    ]


def test_ten_seconds_stand_second_while_testing() -> None:
    assert [option.label for option in OPTIONS_FOR_TESTING][:2] == ["None", "10sec"]


@pytest.mark.parametrize(
    ("text", "seconds"), [("900", 900), ("0", 0), ("", 0), ("abc", 0), ("-5", 0), ("٣", 0), ("9" * 400, 0)]
)
def test_what_is_no_number_of_seconds_is_no_reminder(text: str, seconds: int) -> None:
    assert reminder_seconds(text) == seconds


@pytest.mark.parametrize("seconds", [-1, MAX_REMINDER_S + 1])
def test_a_reminder_is_due_within_a_year(seconds: int) -> None:
    with pytest.raises(ReminderOutOfRange):
        checked_reminder(seconds)
