"""Something that people may keep doing: in which runs they could have, and in which they did."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from commandpost.incidents.model.proposals.chance import Between, is_less, resampled
from commandpost.incidents.model.proposals.change import Change
from commandpost.incidents.model.proposals.run import Run
from commandpost.incidents.model.timeline import Entry
from commandpost.kernel.clock import Millis

MOST = 0.5
"""A habit is what people do in more than that share of runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A run in which it could have been done. `shown` are the entries that say that it was.

    `spent_ms` is what it took: None where that is not on record.
    """

    incident_id: str
    began_at: Millis
    shown: tuple[Entry, ...] = ()
    spent_ms: int | None = None

    @classmethod
    def of(cls, run: Run, *shown: Entry, spent_ms: int | None = None) -> "Case":
        return cls(incident_id=run.incident_id, began_at=run.began.at, shown=shown, spent_ms=spent_ms)

    @property
    def is_seen(self) -> bool:
        return bool(self.shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """What may be a habit. `usual_share` is how often it would be seen if nothing were special about it.

    Whether it is compared (time of runs without it against those with it), or what it took is what is saved.
    """

    change: Change
    cases: tuple[Case, ...]
    usual_share: float = 0.0
    is_compared: bool = False

    @property
    def seen(self) -> int:
        return sum(case.is_seen for case in self.cases)

    @property
    def doubt(self) -> float:
        """How likely it is no habit: done in less than half of all runs, or no more often than usual."""
        return is_less(self.seen, len(self.cases), max(MOST, self.usual_share))

    def saved_ms(self) -> Between:
        """What an incident is expected to take less if the playbook said so."""
        statistic = self._difference if self.is_compared else self._spent
        # People have other ids on other servers, where the same is to be said.
        seed = replace(self.change, assignee_id="").key
        found = resampled(statistic, len(self.cases), seed=seed)
        return found or Between(0, 0, 0)

    def _spent(self, chosen: Sequence[int]) -> float:
        cases = [self.cases[at] for at in chosen]
        return sum(case.spent_ms or 0 for case in cases if case.is_seen) / len(cases)

    def _difference(self, chosen: Sequence[int]) -> float | None:
        cases = [self.cases[at] for at in chosen]
        with_it = [case.spent_ms for case in cases if case.is_seen and case.spent_ms is not None]
        without = [case.spent_ms for case in cases if not case.is_seen and case.spent_ms is not None]
        if not without:
            return 0.0
        if not with_it:
            return None
        share = sum(not case.is_seen for case in cases) / len(cases)
        return share * (sum(without) / len(without) - sum(with_it) / len(with_it))
