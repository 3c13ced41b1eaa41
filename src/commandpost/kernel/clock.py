"""Time: integer milliseconds since 1970, UTC, from a clock that is handed in."""

import time
from typing import NewType, Protocol

Millis = NewType("Millis", int)

NEVER = Millis(0)
"""The time that stands for "not yet" or "not so"."""

LATEST = Millis(253_402_300_799_999)
"""The last moment of the year 9999: with later ones no calendar can do anything, here or in a browser."""

SECOND_MS = 1000
MINUTE_MS = 60 * SECOND_MS
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS


class Clock(Protocol):
    """Where the present moment comes from; tests hand in one that they turn by hand."""

    def now(self) -> Millis: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> Millis:
        return Millis(time.time_ns() // 1_000_000)
