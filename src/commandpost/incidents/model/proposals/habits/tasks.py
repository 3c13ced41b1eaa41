"""Tasks that people add by hand, take apart, or leave out."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from commandpost.incidents.model.playbook import PlaybookContent
from commandpost.incidents.model.proposals.change import Change, Kind, words
from commandpost.incidents.model.proposals.practice import Case, Practice
from commandpost.incidents.model.proposals.run import Key, Run, TaskCourse, key_of
from commandpost.incidents.model.timeline import Entry, TaskAdded, TaskAssigned, TaskEdited

_COUNTS_FROM = 0.5
"""In a run in which less of the playbook was done, people may have left out the rest for any reason."""

_SLIP_MS = 60_000
"""What is taken back so soon was a slip."""

_AT_ONCE_MS = 10 * 60_000
"""Within that time two changes are parts of one."""

_TWO_THINGS = re.compile(r"\S\s+(?:and(?: then)?|then|und(?: dann)?|et|y|e)\s+(\S.*)", re.IGNORECASE)


def added(content: PlaybookContent, runs: Sequence[Run]) -> Iterator[Practice]:
    """Tasks of the same words, added by hand to runs that did not have them."""
    there = {words(task.title) for stage in content.stages for task in stage.tasks}
    found: dict[str, dict[str, TaskCourse]] = defaultdict(dict)
    for run in runs:
        parts = {id(part) for _, part in _taken_apart(run)}
        for task in run.by_hand:
            name = words(task.title)
            if name and name not in there and id(task) not in parts and not _is_slip(task):
                found[name].setdefault(run.incident_id, task)
    for name, by_run in found.items():
        stage = _stage_of(content, by_run.values())
        if stage is None:
            continue
        could = [run for run in runs if not any(words(task.title) == name for task in run.planned.values())]
        yield Practice(
            change=Change(
                kind=Kind.ADD,
                stage=stage,
                task=_title(by_run.values()),
                before=_before(content, stage, runs, by_run),
                command=_usual_command(by_run.values()),
            ),
            cases=tuple(_added_case(run, by_run.get(run.incident_id)) for run in could),
        )


def taken_apart(content: PlaybookContent, runs: Sequence[Run]) -> Iterator[Practice]:
    """Tasks that get a second half by hand, are done again, or are two things and passed on half-way."""
    found: dict[tuple[Key, str], dict[str, TaskCourse]] = defaultdict(dict)
    again: dict[Key, dict[str, TaskCourse]] = defaultdict(dict)
    for run in runs:
        for task, part in _taken_apart(run):
            found[task.key, words(part.title)].setdefault(run.incident_id, part)
        for task in run.planned.values():
            if _is_done_twice(task):
                again[task.key][run.incident_id] = task
    for stage in content.stages:
        for task in stage.tasks:
            key = key_of(stage.title, task.title)
            if any(_holds_more(other.title, task.title) for other in stage.tasks):
                continue
            could = [run for run in runs if key in run.planned and run.planned[key].is_touched]
            for (of, _), by_run in found.items():
                if of == key:
                    part = _title(by_run.values())
                    change = Change(kind=Kind.SPLIT, stage=stage.title, task=task.title, part=part)
                    cases = tuple(_added_case(run, by_run.get(run.incident_id)) for run in could)
                    yield Practice(change=change, cases=cases)
            if key in again:
                part = f"{task.title} (2)"
                change = Change(kind=Kind.SPLIT, stage=stage.title, task=task.title, part=part)
                cases = tuple(_again_case(run, again[key].get(run.incident_id)) for run in could)
                yield Practice(change=change, cases=cases)
            part = _second_of(task.title)
            if part and all(words(part) != words(other.title) for other in stage.tasks):
                change = Change(kind=Kind.SPLIT, stage=stage.title, task=task.title, part=part)
                yield Practice(
                    change=change, cases=tuple(_passed_on_case(run, run.planned[key]) for run in could)
                )


def left_out(content: PlaybookContent, runs: Sequence[Run]) -> Iterator[Practice]:
    """Tasks that are not done when it ends, though most others are; or that are deleted."""
    counted = [run for run in runs if run.share_done >= _COUNTS_FROM]
    for stage in content.stages:
        for task in stage.tasks:
            key = key_of(stage.title, task.title)
            could = [run for run in counted if key in run.planned and not run.planned[key].was_closed]
            cases = tuple(_left_out_case(run, run.planned[key]) for run in could)
            if any(case.is_seen for case in cases):
                change = Change(kind=Kind.DROP, stage=stage.title, task=task.title)
                yield Practice(change=change, cases=cases, is_compared=True)


def _taken_apart(run: Run) -> Iterator[tuple[TaskCourse, TaskCourse]]:
    """Tasks of the playbook, each with what was added as its second half.

    That is what holds its words and more, or what it said before it was renamed; or, if nothing does, what
    was added when it was renamed.
    """
    parts = [part for part in run.by_hand if part.added and not _is_slip(part)]
    renamed = [(task, entry) for task in run.planned.values() for entry in task.edited if _is_renamed(entry)]
    for part in parts:
        of = [
            task
            for task in run.planned.values()
            if _is_beside(task, part) and _holds_more(part.title, task.title)
        ]
        said = [task for task, entry in renamed if _is_beside(task, part) and _was_said(part.title, entry)]
        chosen = max(of, key=lambda task: len(task.title), default=None) or next(iter(said), None)
        if chosen:
            yield chosen, part
            parts = [one for one in parts if one is not part]
            renamed = [one for one in renamed if one[0] is not chosen]
    for part in parts:
        chosen = next(
            (task for task, entry in renamed if _is_beside(task, part) and _is_at_once(entry, part)), None
        )
        if chosen:
            yield chosen, part


def _is_beside(task: TaskCourse, part: TaskCourse) -> bool:
    return task.key[0] == part.key[0]


def _is_at_once(entry: Entry, part: TaskCourse) -> bool:
    return part.added is not None and abs(entry.at - part.added.at) <= _AT_ONCE_MS


def _is_renamed(entry: Entry) -> bool:
    payload = entry.payload
    return isinstance(payload, TaskEdited) and words(payload.from_title) != words(payload.to_title)


def _was_said(title: str, entry: Entry) -> bool:
    """Whether a title says mostly what another did, and of it something that is no longer there."""
    payload = entry.payload
    if not isinstance(payload, TaskEdited):
        return False
    own, before = set(words(title).split()), set(words(payload.from_title).split())
    gone = before - set(words(payload.to_title).split())
    return not own.isdisjoint(gone) and 2 * len(own & before) > len(own)


def _second_of(title: str) -> str:
    """What a title says second, as titles are written; "" if it says one thing."""
    said = _TWO_THINGS.search(title)
    return said[1][:1].upper() + said[1][1:] if said else ""


def _holds_more(title: str, other: str) -> bool:
    """Whether a title holds all words of another, and more."""
    own = set(words(other).split())
    return bool(own) and own < set(words(title).split())


def _is_done_twice(task: TaskCourse) -> bool:
    """Done, opened again for more than a moment, and done again."""
    return any(
        earlier.sequence < opened.sequence < later.sequence and later.at - opened.at > _SLIP_MS
        for earlier in task.ticked[:1]
        for opened in task.unticked
        for later in task.ticked[1:]
    )


def _is_slip(task: TaskCourse) -> bool:
    return bool(task.removed and task.added and not task.ticked)


def _stage_of(content: PlaybookContent, tasks: Iterable[TaskCourse]) -> str | None:
    """The playbook's stage to which these were added most often."""
    counts = Counter(words(task.stage) for task in tasks)
    there = {words(stage.title): stage.title for stage in content.stages}
    return next((there[name] for name, _ in counts.most_common() if name in there), None)


def _title(tasks: Iterable[TaskCourse]) -> str:
    """The title that most people gave, as titles are written: with a capital, and no stop at the end."""
    written = (task.title.strip().rstrip(" .,;:!") for task in tasks)
    return Counter(title[:1].upper() + title[1:] for title in written).most_common(1)[0][0]


def _before(
    content: PlaybookContent, stage: str, runs: Sequence[Run], by_run: Mapping[str, TaskCourse]
) -> str:
    """The first task of the stage ahead of which it was mostly done; "" if there is none."""
    times: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for run in runs:
        own = by_run[run.incident_id].first_done if run.incident_id in by_run else None
        for key, task in run.planned.items():
            if own and task.first_done and key[0] == key_of(stage, "")[0]:
                known[key[1]] += 1
                times[key[1]] += own.sequence < task.first_done.sequence
    tasks = next(one.tasks for one in content.stages if one.title == stage)
    after = [task.title for task in tasks]
    while after and _is_mostly(times, known, key_of(stage, after[-1])[1]):
        after.pop()
    return tasks[len(after)].title if len(after) < len(tasks) else ""


def _is_mostly(times: Counter[str], known: Counter[str], name: str) -> bool:
    return known[name] > 0 and times[name] > known[name] / 2


def _usual_command(tasks: Iterable[TaskCourse]) -> str:
    """The command that most of these had, "" if most had none or different ones."""
    commands = [
        one.added.payload.command for one in tasks if one.added and isinstance(one.added.payload, TaskAdded)
    ]
    command, times = Counter(commands).most_common(1)[0]
    return command if times > len(commands) / 2 else ""


def _added_case(run: Run, task: TaskCourse | None) -> Case:
    """What it took is how long nothing had been completed when somebody thought of it."""
    if task is None or task.added is None:
        return Case.of(run)
    at = task.added.at
    mine = max(
        (one.at for one in run.entries if one.actor_id == task.added.actor_id and one.at < at), default=at
    )
    return Case.of(run, task.added, *task.ticked[:1], spent_ms=at - max(mine, run.before(at)))


def _again_case(run: Run, task: TaskCourse | None) -> Case:
    if task is None:
        return Case.of(run)
    shown = (task.ticked[0], task.unticked[0], task.ticked[-1])
    return Case.of(run, *shown, spent_ms=shown[1].at - shown[0].at)


def _passed_on_case(run: Run, task: TaskCourse) -> Case:
    """Somebody had it, and for a while another one until it was done.

    What it took is how long neither who got it then nor who did it was heard of.
    """
    done = task.first_done
    for entry in task.given:
        payload = entry.payload
        if done is None or not isinstance(payload, TaskAssigned) or not payload.from_id or not payload.to_id:
            continue
        if min(entry.at - run.before(entry.at), done.at - entry.at) > _SLIP_MS:
            heirs = (payload.to_id, done.actor_id)
            heard = next(one for one in run.entries if one.at > entry.at and one.actor_id in heirs)
            return Case.of(run, entry, done, spent_ms=heard.at - entry.at)
    return Case.of(run)


def _left_out_case(run: Run, task: TaskCourse) -> Case:
    """What it took those who did it is the time since the completion before."""
    if task.is_done:
        first = task.first_done
        return Case.of(run, spent_ms=first.at - run.before(first.at) if first else None)
    return Case.of(run, task.removed or run.ended, spent_ms=0)
