"""How often the review names the true cause of a gap: `python -m bench.causes [seed ...]`.

Incidents come from the generator in tests/lived, packed as archives and read as an import reads them (a test
holds that the product says the same of them once they are imported). Of the last two columns, "main" is the
share of gaps that were called by their one main cause, "right" by any that the truth accepts.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from commandpost.archive import reading
from commandpost.incidents.actions.archiving import arriving as arrivals
from commandpost.incidents.actions.archiving.people import ids_in
from commandpost.incidents.model.review.durations import past_of
from commandpost.incidents.model.review.evidence import Cause as Claimed
from commandpost.incidents.model.review.review import Review, reviewed
from commandpost.incidents.model.review.story import Story
from commandpost.incidents.model.review.talk import talk_in
from commandpost.incidents.model.timeline import Entry
from tests.lived.causes import Cause
from tests.lived.incidents import Told, TrueGap, told
from tests.lived.log import Archived

_DEVELOPMENT_SEEDS = (1, 2, 3)
_MOST_RUNS = 50
CAUSES: dict[str, Cause] = {
    Claimed.UNASSIGNED: Cause.NOBODY,
    Claimed.ASSIGNEE_AWAY: Cause.SILENT,
    Claimed.COMMANDER_CHANGED: Cause.COMMANDER,
    Claimed.COMMAND_FAILED: Cause.COMMAND,
    Claimed.STAGE_RETURNED: Cause.RETURN,
    Claimed.AWAITING_ANSWER: Cause.ANSWER,
    Claimed.NO_ACTIVITY: Cause.QUIET,
    Claimed.OUTSIDE_HOURS: Cause.HOURS,
    Claimed.USUAL_LENGTH: Cause.USUAL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A gap with its truth, and what the review named first; None if it saw no gap there."""

    gap: TrueGap
    incident: Told
    top: Cause | None

    @property
    def is_right(self) -> bool:
        return self.top is not None and self.gap.accepts(self.top)


@dataclass(slots=True)
class Result:
    """What came of many incidents."""

    incidents: int = 0
    answers: list[Answered] = field(default_factory=list[Answered])
    invented: int = 0
    """Gaps of the review that are none."""

    def share_right(self, *, planted: bool) -> float:
        """Of gaps with a planted cause, or of those without."""
        asked = [one for one in self.answers if (one.gap.main is not Cause.NONE) is planted]
        return sum(one.is_right for one in asked) / len(asked)


def judged(incidents: Iterable[Told]) -> Result:
    """Review every incident, each with the runs of its playbook that came before it."""
    result = Result()
    earlier: dict[str, list[list[Entry]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for one in incidents:
            result.incidents += 1
            story, entries = _story(Path(folder) / "one.zip", one)
            runs = earlier.setdefault(one.archived.book.id, [])
            review = reviewed(Story(entries=story.entries, talk=story.talk, past=past_of(runs[-_MOST_RUNS:])))
            runs.append(entries)
            result.answers += _answers(one, review)
            true = {gap.until for gap in one.gaps}
            result.invented += sum(gap.interval.until not in true for gap in review.gaps)
    return result


def read_entries(path: Path, archived: Archived) -> list[Entry]:
    """The log of an incident as an import reads it."""
    return _read(path, archived)[1]


def _read(path: Path, archived: Archived) -> tuple[arrivals.Arriving, list[Entry]]:
    path.write_bytes(archived.packed())
    with reading.opened(path) as reader:
        read = arrivals.read(reader)
    return read, arrivals.entries_of(read, {id_: id_ for id_ in ids_in(read.events)})


def _story(path: Path, one: Told) -> tuple[Story, list[Entry]]:
    read, entries = _read(path, one.archived)
    ids = {person.username: person.id for person in read.people.values()}
    talk = {post.id: talk_in(post.message, ids) for post in read.posts}
    return Story(entries=tuple(entries), talk=talk), entries


def _answers(one: Told, review: Review) -> Iterator[Answered]:
    seen = {int(gap.interval.until): gap for gap in review.gaps}
    for gap in one.gaps:
        found = seen.get(gap.until)
        top = None
        if found is not None:
            top = CAUSES[found.causes[0].cause] if found.causes else Cause.NONE
        yield Answered(gap=gap, incident=one, top=top)


def table(result: Result) -> str:
    """The confusion, a row for each true cause, in Markdown."""
    columns = [*Cause, None]
    names = ["|".join(["", "True cause", *(cause or "no gap" for cause in columns), "main", "right", ""])]
    rows = [*names, "|---" * (len(columns) + 3) + "|"]
    for cause in Cause:
        own = [one for one in result.answers if one.gap.main is cause]
        counts = Counter(one.top for one in own)
        cells = [str(counts[column] or "") for column in columns]
        shares = [counts[cause], sum(one.is_right for one in own)]
        rows.append(
            "|".join(["", cause, *cells, *(f"{100 * n / max(1, len(own)):.0f} %" for n in shares), ""])
        )
    return "\n".join(rows)


def main() -> None:
    seeds = [int(seed) for seed in sys.argv[1:]] or list(_DEVELOPMENT_SEEDS)
    result = judged(one for seed in seeds for one in told(seed))
    planted, free = (result.share_right(planted=planted) for planted in (True, False))
    print(table(result))  # noqa: T201 -- the report is what this program is for
    counts = f"{result.incidents} incidents, {len(result.answers)} gaps, {result.invented} invented"
    right = f"top cause right in {100 * planted:.1f} % of planted gaps (aim: 80 %)"
    honest = f'"unexplained" right in {100 * free:.1f} % of the others (aim: 90 %)'
    print(f"\n{counts}; {right}, {honest}")  # noqa: T201


if __name__ == "__main__":
    main()
