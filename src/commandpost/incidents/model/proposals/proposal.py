"""Proposals for a playbook: what its people keep doing otherwise than it says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from commandpost.incidents.model.playbook import PlaybookContent
from commandpost.incidents.model.proposals.chance import Between, share_between, standing
from commandpost.incidents.model.proposals.change import Change
from commandpost.incidents.model.proposals.habits import order, settings, tasks
from commandpost.incidents.model.proposals.practice import Case, Practice
from commandpost.incidents.model.proposals.run import Run, key_of

FEWEST_RUNS = 5
"""With fewer runs nothing is proposed."""

_FALSE_SHARE = 0.05
"""At most that share of what is proposed is expected to be no habit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A change, the runs it rests on, in how many runs it is done, and what it is expected to save."""

    change: Change
    seen: int
    runs: int
    share: Between
    saved_ms: Between
    cases: tuple[Case, ...]


def proposed(
    content: PlaybookContent, runs: Sequence[Run], versions: Mapping[int, PlaybookContent] | None = None
) -> tuple[Proposal, ...]:
    """What these runs say should change, the most expected to be saved first.

    A habit is what is done in most runs, not only those that were seen.
    `versions` are the playbook's contents by version, as far as they are known.
    """
    looked_at = [
        one
        for one in _practices(content, runs, versions or {})
        if len(one.cases) >= FEWEST_RUNS and one.change.fits(content)
    ]
    stand = standing([one.doubt for one in looked_at], false_share=_FALSE_SHARE)
    habits = [one for one, does in zip(looked_at, stand, strict=True) if does]
    found = [_proposal(one) for one in _without_doubles(habits)]
    return tuple(sorted(found, key=lambda one: (-one.saved_ms.value, -one.share.value, one.change.key)))


def _practices(
    content: PlaybookContent, runs: Sequence[Run], versions: Mapping[int, PlaybookContent]
) -> Iterator[Practice]:
    known = {
        version: {
            key_of(stage.title, task.title): task.command for stage in one.stages for task in stage.tasks
        }
        for version, one in versions.items()
    }
    yield from tasks.added(content, runs)
    yield from tasks.taken_apart(content, runs)
    yield from tasks.left_out(content, runs)
    yield from order.other_order(content, runs)
    yield from settings.given(content, runs)
    yield from settings.reminders(content, runs)
    yield from settings.commands(content, runs, known)


def _without_doubles(habits: Sequence[Practice]) -> Iterator[Practice]:
    """Of what changes the same of the same task, what is done most often."""
    taken: set[tuple[str, str, str]] = set()
    for one in sorted(habits, key=lambda habit: (habit.doubt, habit.change.key)):
        change = one.change
        what = (change.kind, change.from_stage or change.stage, change.task)
        if what not in taken:
            taken.add(what)
            yield one


def _proposal(habit: Practice) -> Proposal:
    return Proposal(
        change=habit.change,
        seen=habit.seen,
        runs=len(habit.cases),
        share=share_between(habit.seen, len(habit.cases)),
        saved_ms=habit.saved_ms(),
        cases=tuple(case for case in habit.cases if case.is_seen),
    )
