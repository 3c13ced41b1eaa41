"""Whether a change to a playbook helped: how long its incidents took before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist, fmean, variance

from commandpost.incidents.model.proposals.chance import Between

FEWEST_RUNS = 5
"""With fewer runs on either side nothing can be told."""

_CONFIDENCE = 0.95


class Verdict(StrEnum):
    """What can be said."""

    TOO_FEW = "too_few"
    UNCLEAR = "unclear"
    """There are enough runs, but the difference may as well be none."""
    SHORTER = "shorter"
    LONGER = "longer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """How much less an incident takes since; None with too few runs."""

    verdict: Verdict
    before: int
    after: int
    saved_ms: Between | None = None


def compared(before: Sequence[int], after: Sequence[int]) -> Effect:
    """The difference of mean durations in milliseconds, with Welch's interval, which lets spreads differ.

    The interval is for 95 %, so that it covers the truth in 90 % also where a few runs take very long.
    """
    if min(len(before), len(after)) < FEWEST_RUNS:
        return Effect(verdict=Verdict.TOO_FEW, before=len(before), after=len(after))
    saved = fmean(before) - fmean(after)
    parts = [variance(some) / len(some) for some in (before, after)]
    reach = 0.0
    if sum(parts) > 0:
        counts = (len(before), len(after))
        freedom = sum(parts) ** 2 / sum(
            part * part / (count - 1) for part, count in zip(parts, counts, strict=True)
        )
        reach = _student(freedom) * sum(parts) ** 0.5
    between = Between(saved, saved - reach, saved + reach)
    return Effect(verdict=_verdict(between), before=len(before), after=len(after), saved_ms=between)


def mean_between(durations: Sequence[int]) -> Between | None:
    """The mean duration of these runs with its interval; None with too few of them."""
    if len(durations) < FEWEST_RUNS:
        return None
    reach = _student(len(durations) - 1) * (variance(durations) / len(durations)) ** 0.5
    mean = fmean(durations)
    return Between(mean, mean - reach, mean + reach)


def _verdict(saved: Between) -> Verdict:
    if saved.low > 0:
        return Verdict.SHORTER
    return Verdict.LONGER if saved.high < 0 else Verdict.UNCLEAR


def _student(freedom: float) -> float:
    """The quantile of Student's distribution, from the normal one (Abramowitz and Stegun 26.7.5).

    From four degrees of freedom on, the fewest there are here, it is 1 % off at most.
    """
    z = NormalDist().inv_cdf((1 + _CONFIDENCE) / 2)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + sum(term / freedom**power for power, term in enumerate(terms, start=1))
