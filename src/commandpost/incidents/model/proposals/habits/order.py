"""Tasks that people do in another order than the playbook has them in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from commandpost.incidents.model.playbook import PlaybookContent
from commandpost.incidents.model.proposals.chance import is_less
from commandpost.incidents.model.proposals.change import Change, Kind
from commandpost.incidents.model.proposals.practice import MOST, Case, Practice
from commandpost.incidents.model.proposals.run import Key, Run, key_of

_MOST_TASKS = 200
"""Pairs grow with the square: in a longer playbook only so many first tasks are looked at."""

_LOOKED_AT = 0.25
"""A pair is worth a look if it is no less likely than that to be in this order mostly."""

_Pairs = Mapping[tuple[Key, Key], int]


@dataclass(frozen=True, slots=True)
class _Move:
    """A task that goes ahead of some, or behind them; `first` of the two that it is about is done first."""

    moved: Key
    first: Key
    then: Key
    passed: tuple[Key, ...]
    order: tuple[Key, ...]


def other_order(content: PlaybookContent, runs: Sequence[Run]) -> Iterator[Practice]:
    """Single tasks to move until the order agrees with what was mostly done; those that agree most first."""
    titles = {
        key_of(stage.title, task.title): (stage.title, task.title)
        for stage in content.stages
        for task in stage.tasks
    }
    order = tuple(titles)[:_MOST_TASKS]
    scores = _scores(order, runs)
    while move := _best_move(order, scores):
        yield Practice(
            change=_change(move, titles),
            cases=tuple(case for run in runs if (case := _case(run, move))),
            is_compared=True,
        )
        order = move.order
        scores = {pair: score for pair, score in scores.items() if move.moved not in pair}


def _scores(order: Sequence[Key], runs: Sequence[Run]) -> _Pairs:
    """Of pairs (done first, done then) against the playbook's order: 1 if usual, -1 if its own is."""
    position = {key: at for at, key in enumerate(order)}
    turned: dict[tuple[Key, Key], int] = {}
    both: dict[tuple[Key, Key], int] = {}
    for run in runs:
        done = [
            (first.sequence, position[key], key)
            for key, task in run.planned.items()
            if key in position and (first := task.first_done)
        ]
        done.sort()
        for at, (_, place, key) in enumerate(done):
            for _, other_place, other in done[at + 1 :]:
                is_turned = place > other_place
                pair = (key, other) if is_turned else (other, key)
                both[pair] = both.get(pair, 0) + 1
                turned[pair] = turned.get(pair, 0) + is_turned
    return {
        pair: 1 if is_less(turned[pair], of, MOST) <= _LOOKED_AT else -1
        for pair, of in both.items()
        if 2 * turned[pair] < of or is_less(turned[pair], of, MOST) <= _LOOKED_AT
    }


def _best_move(order: tuple[Key, ...], scores: _Pairs) -> _Move | None:
    """The move of one task that sets most right; of equal ones the shorter, then one ahead."""
    best: tuple[tuple[int, int, int], _Move] | None = None
    for at, key in enumerate(order):
        for step in (-1, 1):
            gain, other = 0, at + step
            while 0 <= other < len(order):
                pair = (key, order[other]) if step < 0 else (order[other], key)
                score = scores.get(pair, 0)
                gain += score
                rank = (gain, -abs(other - at), -step)
                if score > 0 and gain > 0 and (best is None or rank > best[0]):
                    best = (rank, _move(order, at, other))
                other += step
    return best[1] if best else None


def _move(order: tuple[Key, ...], at: int, to: int) -> _Move:
    others = order[:at] + order[at + 1 :]
    key, other = order[at], order[to]
    return _Move(
        moved=key,
        first=key if to < at else other,
        then=other if to < at else key,
        passed=order[to:at] if to < at else order[at + 1 : to + 1],
        order=(*others[:to], key, *others[to:]),
    )


def _change(move: _Move, titles: Mapping[Key, tuple[str, str]]) -> Change:
    """Into the stage of the task that it is done ahead of, or behind."""
    from_stage, task = titles[move.moved]
    neighbour = move.then if move.moved == move.first else move.first
    stage = titles[neighbour][0]
    before = titles[neighbour][1]
    if neighbour == move.first:
        at = move.order.index(move.moved) + 1
        following = titles[move.order[at]] if at < len(move.order) else ("", "")
        before = following[1] if following[0] == stage else ""
    return Change(kind=Kind.REORDER, from_stage=from_stage, stage=stage, task=task, before=before)


def _case(run: Run, move: _Move) -> Case | None:
    """A run in which both were done. What it took is the time of all tasks that the move passes."""
    first, then = run.planned.get(move.first), run.planned.get(move.then)
    if not (first and then and first.first_done and then.first_done):
        return None
    shown = (first.first_done, then.first_done)
    done = [
        task.first_done.at
        for key in (move.moved, *move.passed)
        if (task := run.planned.get(key)) and task.first_done
    ]
    is_turned = shown[0].sequence < shown[1].sequence
    return Case.of(run, *(shown if is_turned else ()), spent_ms=max(done) - run.before(min(done)))
