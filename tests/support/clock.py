"""A clock that stands still until a test turns it."""

import pytest

from commandpost.kernel.clock import SECOND_MS, Millis

START = Millis(1_600_000_000_000)


class TestClock:
    """The kernel's Clock, turned by hand; starts at `START` (13 September 2020, 12:26:40 UTC)."""

    __test__ = False

    def __init__(self, now: int = START) -> None:
        self._now = Millis(now)

    def now(self) -> Millis:
        return self._now

    def turn(self, *, seconds: float = 0, millis: int = 0) -> Millis:
        """Let time pass; gives the new moment."""
        self._now = Millis(self._now + round(seconds * SECOND_MS) + millis)
        return self._now


@pytest.fixture
def clock() -> TestClock:
    return TestClock()
