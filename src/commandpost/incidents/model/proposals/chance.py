"""How sure one can be: of a share, of many shares at once, of a mean. No randomness but from fixed seeds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb
from random import Random

_RESAMPLES = 400


@dataclass(frozen=True, slots=True)
class Between:
    """An estimate, and the interval that holds the truth as often as was asked for."""

    value: float
    low: float
    high: float


def is_less(seen: int, of: int, share: float) -> float:
    """How likely something happens in less than that share of all runs, when it did in so many of these.

    Before any run is seen every share is as likely as another (a uniform prior).
    """
    return sum(comb(of + 1, k) * share**k * (1 - share) ** (of + 1 - k) for k in range(seen + 1, of + 2))


def share_between(seen: int, of: int, *, confidence: float = 0.9) -> Between:
    """A share and its Wilson interval, which is right also for few runs and for shares near 0 and 1."""
    z = _Z[confidence]
    share = seen / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    reach = z / (1 + z * z / of) * (share * (1 - share) / of + z * z / (4 * of * of)) ** 0.5
    return Between(share, max(0.0, middle - reach), min(1.0, middle + reach))


_Z = {0.9: 1.6449, 0.95: 1.96}


def standing(doubts: Sequence[float], *, false_share: float) -> list[bool]:
    """Which of many findings stand when at most that share of those that do is expected to be false.

    `doubts` are how likely each is false. The surest are taken for as long as the mean doubt allows it
    (Newton et al. 2004), so that it does not matter at how many one has looked.
    """
    kept: set[int] = set()
    total = 0.0
    for at in sorted(range(len(doubts)), key=lambda at: doubts[at]):
        total += doubts[at]
        if total > false_share * (len(kept) + 1):
            break
        kept.add(at)
    return [at in kept for at in range(len(doubts))]


def resampled(
    statistic: Callable[[Sequence[int]], float | None],
    size: int,
    *,
    seed: str,
    confidence: float = 0.9,
) -> Between | None:
    """A statistic of things by their numbers and its bootstrap interval; the same for the same seed.

    None where it has no value. Samples that give none are left out.
    """
    value = statistic(range(size))
    if value is None:
        return None
    random = Random(seed)  # noqa: S311 -- resampling, repeatable
    values = [
        one for _ in range(_RESAMPLES) if (one := statistic(random.choices(range(size), k=size))) is not None
    ]
    values.sort()
    tail = (1 - confidence) / 2
    low = values[int(tail * (len(values) - 1))]
    high = values[round((1 - tail) * (len(values) - 1))]
    return Between(value, min(low, value), max(high, value))
