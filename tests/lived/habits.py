"""Playbooks that people depart from: habits that a proposal should find, and whims that it should not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from random import Random

from tests.lived.log import Archived
from tests.lived.opening import Opened, opened
from tests.lived.people import DAY, HOUR, MINUTE, new_id
from tests.lived.playbooks import Book, Work, a_book
from tests.lived.scene import SECOND, Job, Scene

_FIRST_DAY = int(datetime(2025, 3, 3, 9, tzinfo=UTC).timestamp() * 1000)
_BY_HAND = ("Call the vendor", "Warn the shops", "Book a room", "Order pizza", "Snapshot the disks")
_COMMANDS = ("/status short", "/logs tail", "/oncall who")
_REMINDERS_S = (900, 1800, 3600, 14_400)


class Kind(StrEnum):
    """What a proposal may change about a playbook."""

    REORDER = "reorder"
    DROP = "drop"
    ADD = "add"
    ASSIGN = "pre-assign"
    REMIND = "change a reminder"
    COMMAND = "add a command"
    SPLIT = "split"


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """What people do in that share of runs.

    `task` is a title, for what is added that of its stage. `value` is what is new: a title, a person's id, a
    command, seconds, or for a reorder the title of the task that it is done before.
    """

    kind: Kind
    task: str
    value: str
    share: float

    @property
    def is_habit(self) -> bool:
        """Otherwise it is a whim: no proposal should rest on it."""
        return self.share > 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Practised:
    """A playbook, the incidents that were run by it, and what is true of how."""

    book: Book
    habits: tuple[Habit, ...]
    incidents: tuple[Archived, ...]


def practised(seed: int, *, playbooks: int = 12, runs: int = 20) -> Iterator[Practised]:
    """Playbooks with two habits and a whim each, on different tasks; every sixth has whims alone."""
    for number in range(playbooks):
        rng = Random(f"{seed}/habits/{number}")
        book = a_book(rng, number=number)
        habits = _habits(rng, book, are_whims=number % 6 == 5)
        at = _FIRST_DAY
        incidents: list[Archived] = []
        for _ in range(runs):
            incidents.append(_Practice(rng, book, habits, at).archived())
            at += rng.randint(1, 3) * DAY
        yield Practised(book=book, habits=habits, incidents=tuple(incidents))


def _habits(rng: Random, book: Book, *, are_whims: bool) -> tuple[Habit, ...]:
    # A playbook whose every task has a command gives no other choice.
    tasks = [work for work in book.tasks if not work.command] or list(book.tasks)
    habits: tuple[Habit, ...] = ()
    while not habits or _clash(habits):
        rng.shuffle(tasks)
        kinds = rng.sample(tuple(Kind), 3)
        chosen = [_habit(rng, book, kind, work) for kind, work in zip(kinds, tasks, strict=False)]
        shares = [rng.uniform(0.8, 0.97), rng.uniform(0.8, 0.97), rng.uniform(0.1, 0.3)]
        shares = [rng.uniform(0.1, 0.3) for _ in chosen] if are_whims else shares
        habits = tuple(replace(one, share=share) for one, share in zip(chosen, shares, strict=False))
    return habits


def _clash(habits: Sequence[Habit]) -> bool:
    """Whether two of them are about the same task."""
    titles = [habit.task for habit in habits]
    titles += [habit.value for habit in habits if habit.kind is Kind.REORDER]
    return len(titles) != len(set(titles))


def _habit(rng: Random, book: Book, kind: Kind, work: Work) -> Habit:
    stage = next(part for part in book.parts if work in part.tasks)
    match kind:
        case Kind.REORDER:
            first, second = stage.tasks[0], stage.tasks[1]
            return Habit(kind=kind, task=second.title, value=first.title, share=0)
        case Kind.ADD:
            return Habit(kind=kind, task=stage.title, value=rng.choice(_BY_HAND), share=0)
        case Kind.ASSIGN:
            return Habit(kind=kind, task=work.title, value=rng.choice(book.crew).id, share=0)
        case Kind.REMIND:
            others = [seconds for seconds in _REMINDERS_S if seconds != book.default_reminder_s]
            return Habit(kind=kind, task="", value=str(rng.choice(others)), share=0)
        case Kind.COMMAND:
            return Habit(kind=kind, task=work.title, value=rng.choice(_COMMANDS), share=0)
        case Kind.DROP | Kind.SPLIT:
            return Habit(kind=kind, task=work.title, value="", share=0)


class _Practice:
    """One incident, run as these people do it."""

    def __init__(self, rng: Random, book: Book, habits: Sequence[Habit], start: int) -> None:
        self._rng = rng
        self._start = start + rng.randint(0, 2 * HOUR)
        self._today = {habit.kind: habit for habit in habits if rng.random() < habit.share}
        members = rng.sample(book.crew, 4)
        assigned = self._today.get(Kind.ASSIGN)
        if assigned is not None:
            extra = [one for one in book.crew if one.id == assigned.value and one not in members]
            members = [*members, *extra]
        self._opened: Opened = opened(rng, book, members, self._start)

    @property
    def _scene(self) -> Scene:
        return self._opened.scene

    def archived(self) -> Archived:
        scene, book = self._scene, self._scene.book
        now = self._start
        for stage, part in enumerate(book.parts):
            if stage:
                scene.go_to(now + 10 * SECOND, stage, open_tasks=0, by=scene.commander)
            for work in self._in_order(part.tasks):
                now = self._task(self._opened.jobs[stage, work.title], now)
            added = self._today.get(Kind.ADD)
            if added is not None and added.task == part.title:
                title = self._rng.choice((added.value, added.value.lower(), added.value + "."))
                now = self._by_hand(stage, title, now)
        now += 3 * MINUTE
        scene.remind(now)
        scene.end(now, self._start)
        return self._opened.archived()

    def _in_order(self, tasks: Sequence[Work]) -> list[Work]:
        ordered = list(tasks)
        habit = self._today.get(Kind.REORDER)
        titles = [work.title for work in ordered]
        if (habit is not None and habit.task in titles) or self._rng.random() < 0.08:
            ordered[0], ordered[1] = ordered[1], ordered[0]
        return ordered

    def _is_today(self, kind: Kind, job: Job) -> bool:
        habit = self._today.get(kind)
        return habit is not None and habit.task == job.work.title

    def _task(self, job: Job, now: int) -> int:
        scene, rng = self._scene, self._rng
        if self._is_today(Kind.DROP, job) or rng.random() < 0.03:
            return now
        if self._is_today(Kind.ASSIGN, job):
            owner = next(one for one in scene.members if one.id == self._today[Kind.ASSIGN].value)
        else:
            owner = rng.choice(scene.members)
        job = replace(job, owner=owner)
        scene.assign(now + 20 * SECOND, job, owner, by=scene.commander)
        if self._is_today(Kind.COMMAND, job):
            job = self._with_command(job, now + 40 * SECOND, self._today[Kind.COMMAND].value)
        if rng.random() < 0.4:
            habit = self._today.get(Kind.REMIND)
            seconds = int(habit.value) if habit else scene.book.default_reminder_s
            scene.update_status(now + 45 * SECOND, remind_after_s=seconds)
        until = now + 3 * MINUTE + job.work.drawn(rng)
        scene.work_on(job, now + MINUTE, until)
        scene.tick(until, job, by=owner)
        return self._second_half(job, until) if self._is_today(Kind.SPLIT, job) else until

    def _with_command(self, job: Job, at: int, command: str) -> Job:
        """The task is given a command by hand, and it is run."""
        titles = {"from_title": job.work.title, "to_title": job.work.title}
        where = {"stage_id": self._scene.stage_ids[job.stage], "task_id": job.id}
        self._scene.log.event(
            at, "task_edited", job.owner.id, **where, **titles, from_command="", to_command=command
        )
        job = replace(job, work=replace(job.work, command=command))
        self._scene.run(at + 5 * SECOND, job, "ok", by=job.owner)
        return job

    def _second_half(self, job: Job, since: int) -> int:
        """The task was only half done: somebody else opens it again, and closes it when the rest is done."""
        scene = self._scene
        other = self._rng.choice(scene.others(job.owner))
        scene.untick(since + MINUTE, job, by=other)
        scene.assign(since + MINUTE + 5 * SECOND, job, other, by=other)
        until = since + 2 * MINUTE + job.work.drawn(self._rng)
        scene.work_on(replace(job, owner=other), since + MINUTE + 10 * SECOND, until, who=other)
        scene.tick(until, job, by=other)
        return until

    def _by_hand(self, stage: int, title: str, now: int) -> int:
        scene, part = self._scene, self._scene.book.parts[stage]
        work = Work(title=title, median_ms=6 * MINUTE, spread=0.3)
        job = Job(id=new_id(self._rng), stage=stage, work=work, owner=self._rng.choice(scene.members))
        scene.log.event(
            now + 15 * SECOND,
            "task_added",
            job.owner.id,
            stage_id=scene.stage_ids[stage],
            task_id=job.id,
            position=len(part.tasks),
            title=title,
            description="",
            command="",
            state="",
            assignee_id="",
        )
        until = now + MINUTE + work.drawn(self._rng)
        scene.tick(until, job, by=job.owner)
        return until
