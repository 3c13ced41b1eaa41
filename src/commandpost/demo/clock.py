"""A clock for telling a story of the last weeks in seconds."""

from commandpost.kernel.clock import DAY_MS, HOUR_MS, MINUTE_MS, Millis


class TurnedClock:
    """The kernel's Clock, turned by the story. It never goes back, and ends before the present."""

    def __init__(self, present: Millis) -> None:
        self._present = present
        self._now = present

    def now(self) -> Millis:
        return self._now

    def begin(self, *, days_ago: int) -> None:
        """Set the clock to where the story begins."""
        self._now = Millis(self._present - days_ago * DAY_MS)

    def go_to(self, *, days_ago: int = 0, hours_ago: float = 0, minutes_ago: float = 0) -> None:
        """Go on to a moment, unless it has passed already."""
        ago = days_ago * DAY_MS + round(hours_ago * HOUR_MS) + round(minutes_ago * MINUTE_MS)
        self._now = Millis(max(self._now, self._present - ago))

    def let_pass(self, *, minutes: float) -> None:
        """Let minutes pass, up to the present at most."""
        self._now = Millis(min(self._now + round(minutes * MINUTE_MS), self._present))
