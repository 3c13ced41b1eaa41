"""Gaps as the issue defines them, worked out from an event log alone.

A gap is the time between two consecutive completions (or start and first, last and end) that exceeds both
five minutes and twice the median for that task in this playbook's history, once there are five runs; before
that, five minutes and twice the median gap of this incident.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from tests.lived.log import Line
from tests.lived.people import MINUTE

_SHORTEST_MS = 5 * MINUTE
_ENOUGH_RUNS = 5
END = ""
"""Stands for the task where a stretch ends with the incident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The time from one completion to the next; `task` is the title of what was completed then."""

    since: int
    until: int
    task: str

    @property
    def length(self) -> int:
        return self.until - self.since


@dataclass(slots=True)
class History:
    """How many runs a playbook has had, and how long they took, by the title of the task."""

    runs: int = 0
    lengths: dict[str, list[int]] = field(default_factory=dict[str, list[int]])

    def of(self, task: str) -> Sequence[int]:
        return self.lengths.get(task, ())

    def remember(self, run: Sequence[Stretch]) -> None:
        """The stretches of one more run, for those that come after."""
        self.runs += 1
        for stretch in run:
            self.lengths.setdefault(stretch.task, []).append(stretch.length)


def stretches(events: Sequence[Line]) -> list[Stretch]:
    found: list[Stretch] = []
    since = int(events[0]["at"])
    for event in events:
        if event["kind"] in ("task_ticked", "incident_ended"):
            task = event["payload"]["title"] if event["kind"] == "task_ticked" else END
            found.append(Stretch(since=since, until=event["at"], task=task))
            since = int(event["at"])
    return found


def gaps(own: Sequence[Stretch], history: History) -> list[Stretch]:
    usual_here = median(stretch.length for stretch in own)

    def usual(stretch: Stretch) -> float:
        runs = history.of(stretch.task)
        return median(runs) if runs and history.runs >= _ENOUGH_RUNS else usual_here

    return [one for one in own if one.length > max(_SHORTEST_MS, 2 * usual(one))]
