"""The reminder to post a status update: after how many seconds."""

from dataclasses import dataclass

from commandpost.kernel.errors import Invalid

MAX_REMINDER_S = 366 * 86_400


class ReminderOutOfRange(Invalid):
    """A reminder can be set for up to a year."""

    code = "reminder.out_of_range"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderOption:
    """A choice in the dialog."""

    label: str
    seconds: int


_NONE = ReminderOption(label="None", seconds=0)
_TEN_SECONDS = ReminderOption(label="10sec", seconds=10)
_USUAL = (
    ReminderOption(label="15min", seconds=900),
    ReminderOption(label="30min", seconds=1800),
    ReminderOption(label="60min", seconds=3600),
    ReminderOption(label="4hr", seconds=14_400),
    ReminderOption(label="24hr", seconds=86_400),
)
OPTIONS = (_NONE, *_USUAL)
OPTIONS_FOR_TESTING = (_NONE, _TEN_SECONDS, *_USUAL)


def checked_reminder(seconds: int) -> int:
    """The seconds themselves. Raises ReminderOutOfRange."""
    if not 0 <= seconds <= MAX_REMINDER_S:
        raise ReminderOutOfRange
    return seconds


def reminder_seconds(text: str) -> int:
    """The seconds that a dialog's field holds: a text of digits; anything else means no reminder.

    Raises ReminderOutOfRange.
    """
    stripped = text.strip()
    if not stripped.isascii() or not stripped.isdigit() or len(stripped) > len(str(MAX_REMINDER_S)):
        return 0
    return checked_reminder(int(stripped))
