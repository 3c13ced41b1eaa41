"""Working hours, as people write them into their profile: `Mon-Fri 9:00-17:30`, `9-17; Sat 10-12`, `9am-5pm`.

Without days they hold from Monday to Friday. What cannot be read is not known: nothing is guessed.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

from commandpost.kernel.clock import DAY_MS

Span: TypeAlias = tuple[int, int]
"""From a moment, in milliseconds since 1970 UTC, to another."""

Shift: TypeAlias = tuple[frozenset[int], int, int]
"""Days of the week (Monday is 0), and from which minute of the day to which; past midnight it goes on."""

_DAYS = (
    ("monday", "montag"),
    ("tuesday", "dienstag"),
    ("wednesday", "mittwoch"),
    ("thursday", "donnerstag"),
    ("friday", "freitag"),
    ("saturday", "samstag"),
    ("sunday", "sonntag"),
)
_LONGEST = 200
_WEEK = frozenset(range(5))
_TIME = r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?(?:\s*uhr)?"
_HOURS = re.compile(rf"{_TIME}\s*(?:-|to|bis)\s*{_TIME}")
_DAY_RANGE = re.compile(r"([a-z]+)\s*(?:-|to|bis)\s*([a-z]+)|([a-z]+)")


@lru_cache(maxsize=1024)
def shifts(text: str) -> tuple[Shift, ...]:
    """The shifts that a text names; none if it cannot be read."""
    plain = text[:_LONGEST].casefold().replace("\u2013", "-").replace("\u2014", "-").strip()
    if plain in ("24/7", "always"):
        return ((frozenset(range(7)), 0, 24 * 60),)
    found: list[Shift] = []
    days: frozenset[int] = _WEEK
    listed: frozenset[int] = frozenset()
    for part in re.split(r"[;,/]|\band\b|\bund\b", plain):
        hours = _HOURS.search(part)
        named = _days_named(part[: hours.start()] if hours else part)
        if named is None:
            return ()
        listed |= named
        if hours:
            days, listed = listed or days, frozenset[int]()
            begin, end = _minute(*hours.groups()[:3]), _minute(*hours.groups()[3:])
            if begin is None or end is None or begin == end:
                return ()
            found.append((days, begin, end if end > begin else end + 24 * 60))
    return tuple(found)


def working_spans(hours: str, timezone: str, since: int, until: int) -> tuple[Span, ...] | None:
    """When somebody works between two moments; None if that is not known."""
    zone = _zone(timezone)
    known = shifts(hours)
    return tuple(_spans(known, zone, since, until)) if zone and known else None


def united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same times as spans that do not touch, in order."""
    found: list[Span] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > begin:
            found.append((begin, end))
    return tuple(found)


def _spans(known: tuple[Shift, ...], zone: ZoneInfo, since: int, until: int) -> Iterator[Span]:
    day = datetime.fromtimestamp((since - DAY_MS) / 1000, zone).date()
    last = datetime.fromtimestamp(until / 1000, zone).date()
    while day <= last:
        for days, begin, end in known:
            if day.weekday() in days:
                span = max(since, _moment(day, begin, zone)), min(until, _moment(day, end, zone))
                if span[0] < span[1]:
                    yield span
        day += timedelta(days=1)


def _moment(day: date, minute: int, zone: ZoneInfo) -> int:
    local = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minute)
    return int(local.astimezone(UTC).timestamp() * 1000)


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):  # a zone that this machine does not know is not known
        return None


def _days_named(text: str) -> frozenset[int] | None:
    """The days that are named, none if there are none; None if a word is no day."""
    days: set[int] = set()
    for first, last, alone in _DAY_RANGE.findall(text):
        begin, end = _day(alone or first), _day(alone or last)
        if begin is None or end is None:
            return None
        days |= {(begin + step) % 7 for step in range((end - begin) % 7 + 1)}
    return frozenset(days)


def _day(word: str) -> int | None:
    known = len(word) > 1
    return next(
        (at for at, names in enumerate(_DAYS) if known and any(name.startswith(word) for name in names)), None
    )


def _minute(hour: str, minute: str | None, half: str | None) -> int | None:
    number = int(hour)
    if half and not 1 <= number <= 12:
        return None
    if half:
        number = number % 12 + (12 if half == "pm" else 0)
    total = number * 60 + int(minute or 0)
    return total if total <= 24 * 60 and int(minute or 0) < 60 else None
