"""How an incident went: its stages, who did what, and what was skipped, late, repeated or added by hand."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from commandpost.incidents.model.review.chronicle import Chronicle
from commandpost.incidents.model.review.evidence import Evidence, seen
from commandpost.incidents.model.task import TaskState
from commandpost.incidents.model.timeline import (
    Entry,
    MemberJoined,
    MemberLeft,
    PostSeen,
    StageChanged,
    StatusUpdated,
    TaskAdded,
    TaskEdited,
    TaskRemoved,
    TaskRun,
    TaskTicked,
    TaskUnticked,
)

FEWEST_PEOPLE = 3
"""Figures over fewer people are not shown for each of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTime:
    """How long a stage was active, in all, and how many times it was entered."""

    stage_id: str
    title: str
    active_ms: int
    entered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Doings:
    """What a person did."""

    user_id: str
    tasks: int
    runs: int
    updates: int
    posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A task or stage that went other than planned, how often, and the entries that say so."""

    id: str
    title: str
    count: int = 1
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Findings are about tasks, but for `passed_stages`."""

    stages: tuple[StageTime, ...]
    people: tuple[Doings, ...]
    passed_stages: tuple[Finding, ...]
    skipped: tuple[Finding, ...]
    late: tuple[Finding, ...]
    repeated: tuple[Finding, ...]
    by_hand: tuple[Finding, ...]


def course(chronicle: Chronicle) -> Course:
    """How it went, in the playbook's order where there is one, else in the log's."""
    stages = stage_times(chronicle)
    return Course(
        stages=stages,
        people=_doings(chronicle),
        passed_stages=_passed_stages(chronicle, stages),
        skipped=_skipped(chronicle),
        late=_late(chronicle),
        repeated=_repeated(chronicle),
        by_hand=tuple(
            Finding(id=payload.task_id, title=payload.title, evidence=seen(entry))
            for entry in chronicle.of_kind(TaskAdded)
            if isinstance(payload := entry.payload, TaskAdded)
        ),
    )


def stage_times(chronicle: Chronicle) -> tuple[StageTime, ...]:
    """Time while the incident was ended counts for no stage."""
    start = chronicle.start
    if start is None:
        return ()
    titles = {stage.id: stage.title for stage in start.stages}
    changes = [
        (entry.at, payload.to_stage_id)
        for entry in chronicle.stage_changes
        if isinstance(payload := entry.payload, StageChanged)
    ]
    moments = [(chronicle.commanders[0].at, start.first_stage_id), *changes]
    ends = [*(at for at, _ in moments[1:]), chronicle.ordered[-1].at]
    active: Counter[str] = Counter()
    for (since, stage_id), until in zip(moments, ends, strict=True):
        active[stage_id] += sum(max(0, min(until, end) - max(since, begin)) for begin, end in chronicle.spans)
    entered = Counter(stage_id for _, stage_id in moments)
    return tuple(
        StageTime(stage_id=id_, title=title, active_ms=active[id_], entered=entered[id_])
        for id_, title in titles.items()
    )


def _doings(chronicle: Chronicle) -> tuple[Doings, ...]:
    """Of everybody who did anything, by id; of nobody if they are too few. To come in is nothing."""
    counts = Counter((act.actor_id, type(act.payload)) for act in chronicle.acts)
    people = sorted({user_id for user_id, kind in counts if kind not in (MemberJoined, MemberLeft)})
    if len(people) < FEWEST_PEOPLE:
        return ()
    return tuple(
        Doings(
            user_id=user_id,
            tasks=counts[user_id, TaskTicked],
            runs=counts[user_id, TaskRun],
            updates=counts[user_id, StatusUpdated],
            posts=counts[user_id, PostSeen],
        )
        for user_id in people
    )


def _passed_stages(chronicle: Chronicle, stages: Iterable[StageTime]) -> tuple[Finding, ...]:
    """Stages that were never active, though a later one was; the entry says by which step over them."""
    order = {stage.stage_id: position for position, stage in enumerate(stages)}
    found: list[Finding] = []
    for stage in stages:
        over = [
            entry
            for entry in chronicle.stage_changes
            if isinstance(payload := entry.payload, StageChanged)
            if payload.from_position < order[stage.stage_id] < payload.to_position
        ]
        if over and not stage.entered:
            found.append(Finding(id=stage.stage_id, title=stage.title, evidence=seen(over[0])))
    return tuple(found)


def _skipped(chronicle: Chronicle) -> tuple[Finding, ...]:
    """Tasks that were not done when it ended, removed ones left out. None while it is ongoing."""
    start = chronicle.start
    if start is None or not chronicle.is_ended:
        return ()
    titles = {task.id: task.title for stage in start.stages for task in stage.tasks}
    done = {task.id for stage in start.stages for task in stage.tasks if task.state is TaskState.CLOSED}
    for entry in chronicle.ordered:
        match entry.payload:
            case TaskAdded(task_id=id_, title=title) | TaskEdited(task_id=id_, to_title=title):
                titles[id_] = title
            case TaskTicked(task_id=id_):
                done.add(id_)
            case TaskUnticked(task_id=id_):
                done.discard(id_)
            case TaskRemoved(task_id=id_):
                titles.pop(id_, None)
            case _:
                pass
    return tuple(Finding(id=id_, title=title) for id_, title in titles.items() if id_ not in done)


def _late(chronicle: Chronicle) -> tuple[Finding, ...]:
    """Tasks that were done when a later stage was active."""
    start = chronicle.start
    if start is None:
        return ()
    order = {stage.id: position for position, stage in enumerate(start.stages)}
    active, left = start.active_stage, dict[int, Entry]()
    found: list[Finding] = []
    for entry in chronicle.ordered:
        payload = entry.payload
        if isinstance(payload, StageChanged):
            for position in range(max(payload.from_position, 0), min(payload.to_position, len(order))):
                left[position] = entry
            active = payload.to_position
        elif isinstance(payload, TaskTicked) and (at := order.get(payload.stage_id, active)) < active:
            evidence = seen(*([left[at]] if at in left else []), entry)
            found.append(Finding(id=payload.task_id, title=payload.title, evidence=evidence))
    return tuple(found)


def _repeated(chronicle: Chronicle) -> tuple[Finding, ...]:
    """Tasks that were done again after they had been reopened, or whose command was run again."""
    times: dict[tuple[str, type], list[Entry]] = defaultdict(list)
    titles: dict[str, str] = {}
    for entry in chronicle.of_kind(TaskTicked, TaskRun):
        if isinstance(payload := entry.payload, TaskTicked | TaskRun):
            times[payload.task_id, type(payload)].append(entry)
            titles[payload.task_id] = payload.title
    again: dict[str, list[Entry]] = defaultdict(list)
    for (task_id, _), entries in times.items():
        if len(entries) > 1:
            again[task_id].extend(entries)
    return tuple(
        Finding(id=task_id, title=titles[task_id], count=len(entries), evidence=seen(*entries))
        for task_id, entries in again.items()
    )
