"""How often the interval of "did it help?" holds what a change saves: `python -m bench.versions [seed ...]`.

Runs before and after changes whose effect is known come from the generator in tests/lived.
"""

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from commandpost.incidents.model.proposals.effect import Verdict, compared
from tests.lived.log import Archived
from tests.lived.versions import Changed, changed

_DEVELOPMENT_SEEDS = (201, 202, 203)


@dataclass(slots=True)
class Result:
    """How often it was covered, and what was said; `wrong` says the opposite of what is so."""

    changes: int = 0
    covered: int = 0
    wrong: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter[Verdict])

    @property
    def coverage(self) -> float:
        return self.covered / max(1, self.changes)


def judged(changes: Iterable[Changed]) -> Result:
    """Compare the runs of both versions of each."""
    result = Result()
    for one in changes:
        effect = compared(_durations(one.before), _durations(one.after))
        assert effect.saved_ms is not None
        result.changes += 1
        result.covered += effect.saved_ms.low <= one.saved_ms <= effect.saved_ms.high
        result.verdicts[effect.verdict] += 1
        claims_less = effect.verdict is Verdict.SHORTER
        claims_more = effect.verdict is Verdict.LONGER
        result.wrong += (claims_less and one.saved_ms <= 0) or (claims_more and one.saved_ms >= 0)
    return result


def _durations(runs: Iterable[Archived]) -> list[int]:
    return [run.events[-1]["payload"]["duration_ms"] for run in runs]


def main() -> None:
    seeds = [int(seed) for seed in sys.argv[1:]] or list(_DEVELOPMENT_SEEDS)
    result = judged(one for seed in seeds for one in changed(seed))
    said = ", ".join(f"{verdict} {count}" for verdict, count in sorted(result.verdicts.items()))
    print(  # noqa: T201 -- the figure is what this program is for
        f"{result.changes} changes: the interval holds what they save in {100 * result.coverage:.1f} %"
        f" (aim: 90 %); {said}; {result.wrong} the wrong way"
    )


if __name__ == "__main__":
    main()
