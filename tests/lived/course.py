"""An incident from its plan: every step acted out, and what held it up remembered."""

from dataclasses import dataclass, replace
from random import Random

from tests.lived.causes import HOLDS, Also, Cause, look_alike
from tests.lived.log import Archived
from tests.lived.opening import opened
from tests.lived.people import MINUTE
from tests.lived.plan import Held, Plan, Step
from tests.lived.playbooks import Book, Work
from tests.lived.scene import SECOND, Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What went on in the time up to this moment: the holds, and what they may be called as well."""

    until: int
    held: tuple[Held, ...]
    also: Also


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """An incident, and what those who were there would tell of it."""

    archived: Archived
    memories: tuple[Remembered, ...]


class Course:
    """Lives through one incident."""

    def __init__(self, rng: Random, book: Book, plan: Plan) -> None:
        self._rng = rng
        self._book = book
        self._plan = plan
        self._opened = opened(rng, book, plan.members, plan.start)
        self._scene = self._opened.scene
        self._memories: list[Remembered] = []
        self._job = next(iter(self._opened.jobs.values()))

    def lived(self) -> Lived:
        now = self._plan.start
        for step in self._plan.steps:
            if step.work is not None:
                self._enter(now, step)
                self._job = self._current(step.stage, step.work)
            now = self._live(step, now)
        return Lived(archived=self._opened.archived(), memories=tuple(self._memories))

    def _current(self, stage: int, work: Work) -> Job:
        """The job, done by somebody who is still there."""
        job = self._opened.jobs[stage, work.title]
        if job.owner not in self._scene.members:
            job = replace(job, owner=self._rng.choice(self._scene.members))
            self._opened.jobs[stage, work.title] = job
        return job

    def _enter(self, now: int, step: Step) -> None:
        """Goes on to the step's stage if it is another, and assigns what this crew assigns then."""
        scene = self._scene
        is_new = scene.stage != step.stage or not self._memories
        if scene.stage != step.stage:
            scene.go_to(now + 8 * SECOND, step.stage, open_tasks=0, by=scene.commander)
        if self._book.habit_of_assigning == "at once" and is_new:
            for one in self._plan.steps:
                if one.stage == step.stage and one.work and self._is_assigned_early(one):
                    job = self._current(one.stage, one.work)
                    scene.assign(now + 15 * SECOND, job, job.owner, by=scene.commander)
        if self._book.habit_of_assigning == "one by one" and step.work and self._is_assigned_early(step):
            job = self._current(step.stage, step.work)
            scene.assign(now + self._rng.randint(10, 30) * SECOND, job, job.owner, by=scene.commander)
        self._hand_on(now, step)

    def _hand_on(self, now: int, step: Step) -> None:
        """What was assigned to somebody who has left becomes another's."""
        scene = self._scene
        if step.work is None:
            return
        job = self._current(step.stage, step.work)
        owner = scene.assigned.get(job.id)
        if owner is not None and owner not in scene.members:
            scene.assign(now + 20 * SECOND, job, job.owner, by=scene.commander)

    def _is_assigned_early(self, step: Step) -> bool:
        return not step.is_held_by(Cause.NOBODY) or self._rng.random() < 0.25

    def _live(self, step: Step, now: int) -> int:
        """One step from `now`; the moment it is over."""
        scene, rng = self._scene, self._rng
        also: Also = frozenset()
        # Some of the work is done before what holds it up, unless nobody has begun.
        before = 0 if step.is_held_by(Cause.NOBODY) else int(step.work_ms * rng.uniform(0, 0.4))
        before = before if step.held else step.work_ms
        at = now + 35 * SECOND + max(before - 35 * SECOND, 0)
        self._work(now + 35 * SECOND, at, step)
        for held in step.held:
            also |= HOLDS[held.cause](scene, self._job, at, at + held.length)
            at += held.length
            self._job = self._taken_over()
        if step.held:
            end = at + max(step.work_ms - before, 20 * SECOND)
            self._work(at + 5 * SECOND, end, step)
            at = end
        scene.remind(at)
        if step.work is None:
            scene.end(at, self._plan.start)
        else:
            scene.tick(at, self._job, by=self._job.owner)
        self._memories.append(Remembered(until=at, held=step.held, also=also))
        return self._slip(at, step)

    def _taken_over(self) -> Job:
        """The job in the hands of whoever it is assigned to now."""
        job, scene = self._job, self._scene
        owner = scene.assigned.get(job.id, job.owner)
        owner = owner if owner in scene.members else self._rng.choice(scene.members)
        return replace(job, owner=owner)

    def _work(self, since: int, until: int, step: Step) -> None:
        scene, rng = self._scene, self._rng
        if until - since < MINUTE:
            return
        if rng.random() < 0.25:
            scene.update_status(since + 20 * SECOND)
        if step.has_look_alike:
            look_alike(scene, self._job, since, until)
        if step.work is None:
            scene.chat(since, until, scene.members, every_min=5)
        else:
            scene.work_on(self._job, since, until)

    def _slip(self, at: int, step: Step) -> int:
        """Now and then a tick is taken back at once and set again."""
        if step.work is None or self._rng.random() > 0.02:
            return at
        self._scene.untick(at + 10 * SECOND, self._job, by=self._job.owner)
        self._scene.tick(at + 25 * SECOND, self._job, by=self._job.owner)
        self._memories.append(Remembered(until=at + 25 * SECOND, held=(), also=frozenset()))
        return at + 25 * SECOND
