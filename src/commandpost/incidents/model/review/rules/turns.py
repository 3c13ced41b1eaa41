"""What went other than planned: commands and stages."""

from collections.abc import Sequence

from commandpost.incidents.model.review.chronicle import Chronicle
from commandpost.incidents.model.review.durations import Interval
from commandpost.incidents.model.review.evidence import Cause, Claim, Detail, seen
from commandpost.incidents.model.timeline import (
    Entry,
    RunOutcome,
    StageChanged,
    TaskRun,
    TaskTicked,
)
from commandpost.kernel.clock import MINUTE_MS, Millis

_TOO_LATE = 0.85
"""What begins only after so much of a window does not explain it."""

_A_FEW = 2
"""A command that is run so many times may be meant to be."""

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
    mended = _mended(runs, shown, window)
    held = (mended - shown[0].at) / window.length_ms
    return Claim(
        cause=Cause.COMMAND_FAILED,
        detail=detail,
        score=min(0.95, score + 0.03 * (len(shown) - 1)) * (0.6 + 0.4 * min(1.0, 2 * held)),
        since=shown[0].at,
        until=Millis(mended),
        evidence=seen(*shown),
        user_ids=tuple(dict.fromkeys(run.actor_id for run in shown if run.actor_id)),
        count=len(shown),
    )


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
        since = max(window.since, left[-1].at if left else window.since)
        return _stage_claim(
            0.85 if is_there else 0.6, Detail.RETURNED, since, returned.at, [*left[-1:], *back]
        )
    if not isinstance(task, TaskTicked) or not moves:
        return None
    left = _left(moves, task.stage_id, before=window.until)
    newest = moves[-1].payload
    if not left or (isinstance(newest, StageChanged) and newest.to_stage_id == task.stage_id):
        return None
    closing = chronicle.entry_at(window.last)
    return _stage_claim(0.5, Detail.BELATED, window.since, window.until, [left[-1], closing])


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


def _stage_claim(score: float, detail: Detail, since: Millis, until: Millis, shown: Sequence[Entry]) -> Claim:
    return Claim(
        cause=Cause.STAGE_RETURNED,
        detail=detail,
        score=score,
        since=since,
        until=until,
        evidence=seen(*shown),
    )
