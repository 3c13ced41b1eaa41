"""How often playbook proposals are what people do: `python -m bench.proposals [seed ...]`.

Incidents come from the generator in tests/lived, packed as archives and read as an import reads them. A
proposal is right if it makes of the playbook what the habit would; a habit is found if one does.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bench.causes import read_entries
from commandpost.incidents.model.playbook import PlaybookContent, PlaybookStage, PlaybookTask
from commandpost.incidents.model.proposals.change import Change
from commandpost.incidents.model.proposals.change import Kind as Proposed
from commandpost.incidents.model.proposals.proposal import Proposal, proposed
from commandpost.incidents.model.proposals.run import runs_of
from commandpost.kernel.text import folded
from tests.lived.habits import Habit, Kind, Practised, practised

_DEVELOPMENT_SEEDS = (101, 102, 103)
_KINDS: dict[Proposed, Kind] = {
    Proposed.REORDER: Kind.REORDER,
    Proposed.DROP: Kind.DROP,
    Proposed.ADD: Kind.ADD,
    Proposed.ASSIGN: Kind.ASSIGN,
    Proposed.REMIND: Kind.REMIND,
    Proposed.COMMAND: Kind.COMMAND,
    Proposed.SPLIT: Kind.SPLIT,
}


@dataclass(slots=True)
class Result:
    """What came of many playbooks, by kind."""

    incidents: int = 0
    planted: Counter[Kind] = field(default_factory=Counter[Kind])
    found: Counter[Kind] = field(default_factory=Counter[Kind])
    said: Counter[Kind] = field(default_factory=Counter[Kind])
    right: Counter[Kind] = field(default_factory=Counter[Kind])
    missed: list[tuple[Practised, Habit]] = field(default_factory=list[tuple[Practised, Habit]])
    wrong: list[tuple[Practised, Proposal]] = field(default_factory=list[tuple[Practised, Proposal]])

    @property
    def recall(self) -> float:
        return self.found.total() / max(1, self.planted.total())

    @property
    def precision(self) -> float:
        return self.right.total() / max(1, self.said.total())


def judged(playbooks: Iterable[Practised]) -> Result:
    """Proposals for every playbook from all its runs, compared with what was planted."""
    result = Result()
    for one in playbooks:
        content = content_of(one)
        with tempfile.TemporaryDirectory() as folder:
            logs = [read_entries(Path(folder) / "one.zip", archived) for archived in one.incidents]
        result.incidents += len(logs)
        habits = [habit for habit in one.habits if habit.is_habit]
        proposals = proposed(content, runs_of(logs))
        for habit in habits:
            result.planted[habit.kind] += 1
            is_found = any(is_same(proposal.change, habit, content) for proposal in proposals)
            result.found[habit.kind] += is_found
            if not is_found:
                result.missed.append((one, habit))
        for proposal in proposals:
            kind = _KINDS[proposal.change.kind]
            result.said[kind] += 1
            is_right = any(is_same(proposal.change, habit, content) for habit in habits)
            result.right[kind] += is_right
            if not is_right:
                result.wrong.append((one, proposal))
    return result


def content_of(one: Practised) -> PlaybookContent:
    """The playbook as its archives have it."""
    book = one.book
    return PlaybookContent(
        team_id="",
        title=book.title,
        stages=tuple(
            PlaybookStage(
                title=part.title,
                tasks=tuple(PlaybookTask(title=task.title, command=task.command) for task in part.tasks),
            )
            for part in book.parts
        ),
        reminder_timer_default_s=book.default_reminder_s,
    )


def is_same(change: Change, habit: Habit, content: PlaybookContent) -> bool:
    """Whether a change makes of the playbook what the habit does of it."""
    if _KINDS[change.kind] is not habit.kind:
        return False
    match habit.kind:
        case Kind.REORDER:
            return _order(change.applied(content)) == _order(_reordered(habit, content))
        case Kind.DROP:
            return change.task == habit.task
        case Kind.ADD:
            return (change.stage, folded(change.task)) == (habit.task, folded(habit.value))
        case Kind.ASSIGN:
            return (change.task, change.assignee_id) == (habit.task, habit.value)
        case Kind.REMIND:
            return str(change.remind_after_s) == habit.value
        case Kind.COMMAND:
            return (change.task, change.command) == (habit.task, habit.value)
        case Kind.SPLIT:
            return change.task == habit.task


def _reordered(habit: Habit, content: PlaybookContent) -> PlaybookContent:
    of = {task.title: stage.title for stage in content.stages for task in stage.tasks}
    return Change(
        kind=Proposed.REORDER,
        from_stage=of[habit.task],
        stage=of[habit.value],
        task=habit.task,
        before=habit.value,
    ).applied(content)


def _order(content: PlaybookContent) -> list[tuple[str, str]]:
    return [(stage.title, task.title) for stage in content.stages for task in stage.tasks]


def table(result: Result) -> str:
    """Habits planted and found, and proposals said and right, by kind, in Markdown."""
    rows = ["| Habit | planted | found | proposed | right |", "|---|---|---|---|---|"]
    for kind in Kind:
        counts = (result.planted[kind], result.found[kind], result.said[kind], result.right[kind])
        rows.append(f"| {kind} | " + " | ".join(str(count) for count in counts) + " |")
    return "\n".join(rows)


def main() -> None:
    seeds = [int(seed) for seed in sys.argv[1:]] or list(_DEVELOPMENT_SEEDS)
    result = judged(one for seed in seeds for one in practised(seed))
    print(table(result))  # noqa: T201 -- the report is what this program is for
    print(  # noqa: T201
        f"\n{result.incidents} incidents; precision {100 * result.precision:.1f} %,"
        f" recall {100 * result.recall:.1f} % (aim: 80 % each)"
    )


if __name__ == "__main__":
    main()
