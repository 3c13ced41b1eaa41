"""What people set by hand every time: who does a task, the next reminder, a task's command."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from commandpost.incidents.model.playbook import PlaybookContent
from commandpost.incidents.model.proposals.change import Change, Kind
from commandpost.incidents.model.proposals.practice import Case, Practice
from commandpost.incidents.model.proposals.run import Key, Run, TaskCourse, key_of
from commandpost.incidents.model.reminder import MAX_REMINDER_S
from commandpost.incidents.model.timeline import (
    Entry,
    RunOutcome,
    StatusUpdated,
    TaskAssigned,
    TaskEdited,
    TaskRun,
)

FEWEST_PEOPLE = 3
"""Of fewer people than that it is not said who does what."""

_MINUTE_S = 60

Commands = Mapping[int, Mapping[Key, str]]
"""The commands of tasks, by version of the playbook, as far as these are known."""


def given(content: PlaybookContent, runs: Sequence[Run]) -> Iterator[Practice]:
    """Tasks that go to the same person, more often than this person gets tasks."""
    owners = [{key: _owner(task) for key, task in run.planned.items() if not task.was_closed} for run in runs]
    everybody = {owner for own in owners for owner, _ in own.values() if owner}
    if len(everybody) < FEWEST_PEOPLE:
        return
    for stage in content.stages:
        for task in stage.tasks:
            key = key_of(stage.title, task.title)
            could = [(run, own) for run, own in zip(runs, owners, strict=True) if key in own and own[key][0]]
            counts = Counter(own[key][0] for _, own in could)
            for person, seen in counts.most_common(1):
                if seen < 2 or person == task.assignee_id:
                    continue
                yield Practice(
                    change=Change(kind=Kind.ASSIGN, stage=stage.title, task=task.title, assignee_id=person),
                    cases=tuple(_given_case(run, own[key], run.planned[key], person) for run, own in could),
                    usual_share=_share_of_others(owners, key, person),
                )


def reminders(content: PlaybookContent, runs: Sequence[Run]) -> Iterator[Practice]:
    """Another time than the playbook's, chosen with most of the status updates of a run."""
    chosen: dict[int, dict[str, list[Entry]]] = defaultdict(dict)
    could = [run for run in runs if run.updates]
    for run in could:
        times: dict[int, list[Entry]] = defaultdict(list)
        for entry in run.updates:
            if isinstance(entry.payload, StatusUpdated):
                times[_to_minutes(entry.payload.remind_after_s)].append(entry)
        seconds, entries = max(times.items(), key=lambda one: len(one[1]))
        chosen[seconds][run.incident_id] = entries
    for seconds, by_run in chosen.items():
        if seconds == content.reminder_timer_default_s or len(by_run) < 2:
            continue
        could_choose = [run for run in could if _to_minutes(run.reminder_default_s) != seconds]
        yield Practice(
            change=Change(kind=Kind.REMIND, remind_after_s=seconds),
            cases=tuple(
                Case.of(run, *by_run.get(run.incident_id, ()), spent_ms=_waited_ms(run))
                for run in could_choose
            ),
            is_compared=True,
        )


def commands(content: PlaybookContent, runs: Sequence[Run], known: Commands) -> Iterator[Practice]:
    """Commands that are run at a task which does not have them from its playbook."""
    for stage in content.stages:
        for task in stage.tasks:
            key = key_of(stage.title, task.title)
            could = [run for run in runs if key in run.planned and run.planned[key].is_touched]
            by_command: dict[str, dict[str, list[Entry]]] = defaultdict(dict)
            for run in could:
                planned = known.get(run.playbook_version, {}).get(key, task.command)
                for entry in run.planned[key].runs:
                    payload = entry.payload
                    if isinstance(payload, TaskRun) and payload.command.strip() not in ("", planned.strip()):
                        by_command[payload.command.strip()].setdefault(run.incident_id, []).append(entry)
            for command, by_run in by_command.items():
                if command != task.command.strip() and len(by_run) > 1:
                    yield Practice(
                        change=Change(kind=Kind.COMMAND, stage=stage.title, task=task.title, command=command),
                        cases=tuple(
                            _command_case(run, run.planned[key], by_run.get(run.incident_id, []))
                            for run in could
                        ),
                    )


def _owner(task: TaskCourse) -> tuple[str, Entry | None]:
    """Whose it was when it was first done and the entry that says so; who did it, if nobody was named."""
    done = task.first_done
    named = [
        one
        for one in task.given
        if isinstance(one.payload, TaskAssigned) and one.payload.to_id and (not done or one.at <= done.at)
    ]
    if named and isinstance(named[-1].payload, TaskAssigned):
        return named[-1].payload.to_id, named[-1]
    if task.assignee_id and not task.given:
        return task.assignee_id, None
    return (done.actor_id, done) if done else ("", None)


def _given_case(run: Run, owner: tuple[str, Entry | None], task: TaskCourse, person: str) -> Case:
    """What it took is how long the task was nobody's when its turn had come."""
    user_id, entry = owner
    if user_id != person or entry is None:
        return Case.of(run)
    spent = 0
    if isinstance(entry.payload, TaskAssigned) and task.first_done:
        spent = max(0, entry.at - run.before(task.first_done.at))
    return Case.of(run, entry, spent_ms=spent)


def _share_of_others(
    owners: Sequence[Mapping[Key, tuple[str, Entry | None]]], key: Key, person: str
) -> float:
    """For which part of all other tasks that somebody had it was this person."""
    had = [owner for own in owners for other, (owner, _) in own.items() if other != key and owner]
    return had.count(person) / len(had) if had else 0.0


def _to_minutes(seconds: int) -> int:
    return min(MAX_REMINDER_S, round(seconds / _MINUTE_S) * _MINUTE_S)


def _waited_ms(run: Run) -> int:
    """How long reminders stood there until they were dismissed or an update came."""
    waited, since = 0, 0
    for entry in sorted((*run.reminders, *run.updates), key=lambda one: one.sequence):
        if entry.payload.kind == "reminder_shown":
            since = since or entry.at
        elif since:
            waited, since = waited + entry.at - since, 0
    return waited


def _command_case(run: Run, task: TaskCourse, shown: Sequence[Entry]) -> Case:
    """What it took is the time from its turn, or from the first failure, to when the command was there."""
    if not shown:
        return Case.of(run)
    first = shown[0]
    typed = [
        one
        for one in task.edited
        if isinstance(one.payload, TaskEdited) and one.payload.to_command and one.at <= first.at
    ]
    at = typed[-1].at if typed else first.at
    went_well = [
        one for one in shown if isinstance(one.payload, TaskRun) and one.payload.outcome is RunOutcome.OK
    ]
    return Case.of(run, *typed[-1:], *(went_well or shown)[:1], spent_ms=max(0, at - run.before(at)))
