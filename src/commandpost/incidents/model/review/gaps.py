"""The gaps of an incident, each with its causes, weighed; or unexplained."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from commandpost.incidents.model.review.chronicle import Chronicle
from commandpost.incidents.model.review.durations import Interval
from commandpost.incidents.model.review.evidence import Cause, Claim, Detail
from commandpost.incidents.model.review.rules import commander, owners, silence, turns, usual

_RULES: tuple[Callable[[Chronicle, Interval], Claim | None], ...] = (
    turns.command_failed,
    turns.stage_returned,
    owners.away,
    silence.awaiting_answer,
    commander.commander_changed,
    silence.outside_hours,
    owners.unassigned,
    usual.usual_length,
    silence.no_activity,
)

_CONVINCING = {Cause.NO_ACTIVITY: 0.55}
_CONVINCING_ELSE = 0.45
"""Below this score nothing is claimed: the gap is unexplained. That people say nothing may be quiet work."""

_PRIOR_SEEN = 0.3
_PRIOR_ROOM = 2.0
"""So little is assumed of intervals before any is looked at: a cause would be there in 3 of 20."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A gap and why it was, the likeliest cause first; no causes mean that it is unexplained."""

    interval: Interval
    threshold_ms: int
    causes: tuple[Claim, ...]


def gaps(chronicle: Chronicle) -> tuple[Gap, ...]:
    """All gaps, in order."""
    measure = chronicle.measure
    found = [interval for interval in chronicle.intervals if measure.is_gap(interval)]
    if not found:
        return ()
    causes = [_weighed(chronicle, found, rule) for rule in _RULES]
    return tuple(
        Gap(
            interval=gap,
            threshold_ms=measure.threshold_ms(gap),
            causes=tuple(sorted((claims[at] for claims in causes if at in claims), key=partial(_rank, gap))),
        )
        for at, gap in enumerate(found)
    )


def _rank(gap: Interval, claim: Claim) -> float:
    """The stronger claim first; it counts up to twice as much by how long it held things up.

    That something takes its usual time holds nothing up, nor does it alone that a task was never anybody's.
    """
    is_state = claim.cause is Cause.USUAL_LENGTH or claim.detail is Detail.NEVER
    held = 0.0 if is_state else (claim.until - claim.since) / gap.length_ms
    return -claim.score * (1 + held)


def _weighed(
    chronicle: Chronicle,
    found: Sequence[Interval],
    rule: Callable[[Chronicle, Interval], Claim | None],
) -> dict[int, Claim]:
    """What a rule claims of each gap, weighed against how often it would say so of ordinary intervals.

    A task without an assignee explains little where most tasks have none and are done in time.
    """
    claims = {at: claim for at, gap in enumerate(found) if (claim := rule(chronicle, gap))}
    if not claims:
        return {}
    usual = [rule(chronicle, one) for one in chronicle.ordinary if one.length_ms]
    weighed: dict[int, Claim] = {}
    for at, claim in claims.items():
        if claim.score <= 0:
            continue
        times = sum(_alike(one, claim) for one in usual if one)
        rate = (times + _PRIOR_SEEN) / (len(usual) + _PRIOR_ROOM)
        score = round(claim.score * (1 - rate) ** 2, 2)
        if score >= _CONVINCING.get(claim.cause, _CONVINCING_ELSE):
            weighed[at] = replace(claim, score=score)
    return weighed


def _alike(ordinary: Claim, claim: Claim) -> float:
    """How far what is said of an ordinary interval is the same."""
    strength = min(1.0, ordinary.score / claim.score)
    if not claim.by_length:
        return strength
    shorter = min(1.0, (ordinary.until - ordinary.since) / (claim.until - claim.since))
    return strength * shorter**claim.by_length
