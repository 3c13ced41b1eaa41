"""What went other than planned: commands, stages, command of the incident; and what takes long anyway."""

from collections.abc import Sequence
from math import comb, exp

from commandpost.incidents.model.review.chronicle import Chronicle
from commandpost.incidents.model.review.durations import RUNS_NEEDED, Interval, median, share_at_least
from commandpost.incidents.model.review.evidence import Cause, Claim, Detail, seen
from commandpost.incidents.model.timeline import (
    CommanderChanged,
    Entry,
    RunOutcome,
    StageChanged,
    TaskRun,
    TaskTicked,
)
from commandpost.kernel.clock import MINUTE_MS, Millis

_TOO_LATE = 0.85
"""What begins only after so much of a window does not explain it."""

_FEWEST_ALIKE = 3
"""Less than that may be chance, however few runs there are; two will do if there were no others."""

_ABOUT_AS_LONG = 2 / 3

_USUAL_SHARE = 0.4
"""So many earlier runs have to have taken about as long: one in three may have been held up itself."""

_BY_CHANCE = 0.2
"""What is more likely than that to be seen of any task says nothing about one."""

_A_FEW = 2
"""A command that is run so many times may be meant to be; a new commander heard of so often is finding in."""

_A_MOMENT_MS = MINUTE_MS
"""What is made good so soon was a slip."""


def command_failed(chronicle: Chronicle, window: Interval) -> Claim | None:
    """The command of a task failed, or had to be run again; that of the task itself says more."""
    runs = chronicle.between(window.since, window.until, chronicle.runs)
    if not runs:
        return None
    runs = _attempts(runs)
    own = [run for run in runs if _is_of(run, window.closing)]
    chosen = [
        (0.9, Detail.FAILED, _failed(own)),
        (0.6 if len(_repeated(own)) > _A_FEW else 0.5, Detail.REPEATED, _repeated(own)),
        (0.65, Detail.FAILED, _failed(runs)),
        (0.5, Detail.REPEATED, _repeated(runs)),
    ]
    score, detail, shown = next(
        ((s, d, some) for s, d, some in chosen if some), (0.0, Detail.NONE, list[Entry]())
    )
    if not shown or shown[0].at > window.since + _TOO_LATE * window.length_ms:
        return None
    held = (_mended(runs, shown, window) - shown[0].at) / window.length_ms
    return Claim(
        cause=Cause.COMMAND_FAILED,
        detail=detail,
        score=min(0.95, score + 0.03 * (len(shown) - 1)) * (0.6 + 0.4 * min(1.0, 2 * held)),
        since=shown[0].at,
        until=window.until,
        evidence=seen(*shown),
        user_ids=tuple(dict.fromkeys(run.actor_id for run in shown if run.actor_id)),
        count=len(shown),
    )


def commander_changed(chronicle: Chronicle, window: Interval) -> Claim | None:
    """Somebody else took command, and has to find their way in.

    Where others work on and less is heard of, or said to, the new commander than was to be expected, it was
    work that went on. In a window that is most of the incident it may be chance.
    """
    changes = [
        entry
        for entry in chronicle.between(window.since, window.until, chronicle.commanders)
        if isinstance(entry.payload, CommanderChanged)
    ]
    if not changes:
        return None
    heirs = [entry.payload.to_id for entry in changes if isinstance(entry.payload, CommanderChanged)]
    found_in = _found_in(chronicle, window, frozenset(heirs), changes[0].at)
    return Claim(
        cause=Cause.COMMANDER_CHANGED,
        score=(0.8 if len(changes) == 1 else 0.9)
        * (0.3 + 0.7 * found_in)
        * (1 - window.length_ms / max(chronicle.ongoing_ms, window.length_ms) / 3),
        since=window.since,
        until=window.until,
        evidence=seen(*changes),
        user_ids=tuple(dict.fromkeys(heirs)),
        count=len(changes),
    )


def _found_in(chronicle: Chronicle, window: Interval, heirs: frozenset[str], since: Millis) -> float:
    """How much speaks for it that new commanders had to find their way in, from 0 to 1.

    Where others went on, they were heard of, or it was no wonder that they were not: they seldom are.
    """
    acts = chronicle.acts_in(window.since, window.until)
    leaders = heirs | {chronicle.commander_at(window.since)}
    if sum(act.actor_id not in leaders for act in acts) < _A_FEW:
        return 1.0
    after = [act for act in acts if act.at >= since]
    heard = sum(act.actor_id in heirs or not chronicle.mentioned_in(act).isdisjoint(heirs) for act in after)
    expected = chronicle.share_of(heirs, window) * len(after)
    return min(1.0, max(heard / _A_FEW, exp(-expected)))


def stage_returned(chronicle: Chronicle, window: Interval) -> Claim | None:
    """A stage that had been left or passed over was returned to, or one of its tasks was done after all."""
    moves = _meant([entry for entry in chronicle.stage_changes if entry.at <= window.until])
    back = [move for move in moves if move.at > window.since and _is_back(move)]
    task = window.closing
    if back:
        returned = back[-1]
        to_stage = returned.payload.to_stage_id if isinstance(returned.payload, StageChanged) else ""
        is_there = isinstance(task, TaskTicked) and task.stage_id == to_stage
        left = _left(moves, to_stage, before=returned.at)
        return _stage_claim(0.85 if is_there else 0.6, Detail.RETURNED, window, [*left[-1:], *back])
    if not isinstance(task, TaskTicked) or not moves:
        return None
    left = _left(moves, task.stage_id, before=window.until)
    newest = moves[-1].payload
    if not left or (isinstance(newest, StageChanged) and newest.to_stage_id == task.stage_id):
        return None
    return _stage_claim(0.5, Detail.BELATED, window, [left[-1], chronicle.entry_at(window.last)])


def usual_length(chronicle: Chronicle, window: Interval) -> Claim | None:
    """The task took about as long in earlier runs. Asked of gaps only: it is true of most else."""
    lengths = chronicle.past.of(window.key)
    if not isinstance(window.closing, TaskTicked) or not chronicle.measure.is_gap(window):
        return None
    share = share_at_least(lengths, _ABOUT_AS_LONG * window.length_ms)
    fewest = min(_FEWEST_ALIKE, max(2, len(lengths)))
    if (
        share < _USUAL_SHARE
        or round(share * len(lengths)) < fewest
        or _is_usual_here(chronicle, window, share)
    ):
        return None
    return Claim(
        cause=Cause.USUAL_LENGTH,
        score=0.6,
        since=window.since,
        until=window.until,
        evidence=seen(chronicle.entry_at(window.last)),
        count=len(lengths),
    )


def _is_usual_here(chronicle: Chronicle, window: Interval, share: float) -> bool:
    """Whether other tasks of the playbook take long as often, for what is usual of them.

    Then it tells how incidents go here, not how this task does.
    """
    lengths = chronicle.past.of(window.key)
    if len(lengths) < RUNS_NEEDED or not median(lengths):
        return False
    times = _ABOUT_AS_LONG * window.length_ms / median(lengths)
    others = [
        some for key, some in chronicle.past.lengths.items() if key != window.key and len(some) >= RUNS_NEEDED
    ]
    long = sum(share_at_least(some, times * median(some)) * len(some) for some in others)
    elsewhere = (long + 1) / (sum(len(some) for some in others) + RUNS_NEEDED)
    return _at_least(round(share * len(lengths)), len(lengths), elsewhere) > _BY_CHANCE


def _at_least(times: int, of: int, share: float) -> float:
    """How likely something happens so often by chance that happens in that share of runs."""
    return sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(times, of + 1))


def _attempts(runs: Sequence[Entry]) -> list[Entry]:
    """Of runs of a task that follow one another within a moment, the last: that was one attempt."""
    found: list[Entry] = []
    for run in runs:
        again = next((at for at, one in enumerate(found) if _is_again(one, run)), None)
        if again is not None:
            found.pop(again)
        found.append(run)
    return found


def _is_again(before: Entry, after: Entry) -> bool:
    return _task_of(before) == _task_of(after) and after.at - before.at <= _A_MOMENT_MS


def _task_of(run: Entry) -> str:
    return run.payload.task_id if isinstance(run.payload, TaskRun) else ""


def _mended(runs: Sequence[Entry], shown: Sequence[Entry], window: Interval) -> int:
    """When the command went well again after these; the window's end if it did not."""
    last = shown[-1]
    if last not in _failed([last]):
        return last.at
    later = (run for run in runs if run.at > last.at and _task_of(run) == _task_of(last))
    return next((run.at for run in later if run not in _failed([run])), window.until)


def _is_of(run: Entry, task: object) -> bool:
    return (
        isinstance(run.payload, TaskRun)
        and isinstance(task, TaskTicked)
        and run.payload.task_id == task.task_id
    )


def _failed(runs: Sequence[Entry]) -> list[Entry]:
    return [
        run for run in runs if isinstance(run.payload, TaskRun) and run.payload.outcome is not RunOutcome.OK
    ]


def _repeated(runs: Sequence[Entry]) -> list[Entry]:
    """The runs of the first task whose command was run more than once."""
    by_task: dict[str, list[Entry]] = {}
    for run in runs:
        if isinstance(run.payload, TaskRun):
            by_task.setdefault(run.payload.task_id, []).append(run)
    return next((some for some in by_task.values() if len(some) > 1), list[Entry]())


def _meant(moves: Sequence[Entry]) -> list[Entry]:
    """The moves without those that were taken back within a moment."""
    found: list[Entry] = []
    for move in moves:
        if found and move.at - found[-1].at <= _A_MOMENT_MS and _undoes(move, found[-1]):
            found.pop()
        else:
            found.append(move)
    return found


def _undoes(move: Entry, before: Entry) -> bool:
    return (
        isinstance(now := move.payload, StageChanged)
        and isinstance(then := before.payload, StageChanged)
        and (now.from_stage_id, now.to_stage_id) == (then.to_stage_id, then.from_stage_id)
    )


def _is_back(move: Entry) -> bool:
    return isinstance(move.payload, StageChanged) and move.payload.to_position < move.payload.from_position


def _left(moves: Sequence[Entry], stage_id: str, *, before: int) -> list[Entry]:
    """The moves onward from a stage, or over it, before a moment."""
    position = next(
        (
            payload.from_position if payload.from_stage_id == stage_id else payload.to_position
            for move in moves
            if isinstance(payload := move.payload, StageChanged)
            if stage_id in (payload.from_stage_id, payload.to_stage_id)
        ),
        None,
    )
    if position is None:
        return []
    return [
        move
        for move in moves
        if move.at < before
        if isinstance(payload := move.payload, StageChanged)
        if payload.from_position <= position < payload.to_position
    ]


def _stage_claim(score: float, detail: Detail, window: Interval, shown: Sequence[Entry]) -> Claim:
    return Claim(
        cause=Cause.STAGE_RETURNED,
        detail=detail,
        score=score,
        since=Millis(window.since),
        until=window.until,
        evidence=seen(*shown),
    )
