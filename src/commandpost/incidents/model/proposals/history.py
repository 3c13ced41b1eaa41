"""What came of decisions: how long incidents took before and after, and by each version of the playbook."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from commandpost.incidents.model.proposals.chance import Between
from commandpost.incidents.model.proposals.decision import Choice, Decision
from commandpost.incidents.model.proposals.effect import Effect, compared, mean_between

_MOST_RUNS = 50
"""So many runs are compared on either side, those nearest to the change."""

Times = Sequence[tuple[int, int]]
"""By which version incidents ran and how many milliseconds they took, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A decision, and whether it helped: None for what was declined.

    `other_versions` says how many more versions of the playbook were made within what is compared, whether or
    not an incident ran by them: each changed something too.
    """

    decision: Decision
    effect: Effect | None = None
    other_versions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionTime:
    """How many incidents ran by a version and what they took; None with too few of them."""

    version: int
    runs: int
    duration_ms: Between | None


def outcomes(decisions: Sequence[Decision], times: Times) -> tuple[Outcome, ...]:
    """These decisions with what came of them, in their order."""
    return tuple(_outcome(one, times) for one in decisions)


def version_times(times: Times) -> tuple[VersionTime, ...]:
    """What incidents took by each version that any of them ran by, the newest first."""
    by_version: dict[int, list[int]] = defaultdict(list)
    for version, took in times:
        by_version[version].append(took)
    return tuple(
        VersionTime(version=version, runs=len(took), duration_ms=mean_between(took))
        for version, took in sorted(by_version.items(), reverse=True)
    )


def _outcome(decision: Decision, times: Times) -> Outcome:
    if decision.choice is not Choice.ACCEPTED:
        return Outcome(decision=decision)
    since, until = decision.to_version, decision.undone_version
    before = [(version, took) for version, took in times if version < since][:_MOST_RUNS]
    after = [(version, took) for version, took in times if since <= version and not 0 < until <= version]
    after = after[-_MOST_RUNS:]
    others = after[0][0] - before[-1][0] - 1 if before and after else 0
    return Outcome(
        decision=decision,
        effect=compared([took for _, took in before], [took for _, took in after]),
        other_versions=others,
    )
