"""One incident being lived through: who is there, what time it is, and how they write it down."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from tests.lived import words
from tests.lived.log import Log
from tests.lived.people import MINUTE, Person
from tests.lived.playbooks import Book, Work

SECOND = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A task in this incident, where it stands, and whose it is going to be."""

    id: str
    stage: int
    work: Work
    owner: Person


@dataclass(slots=True, kw_only=True)
class Scene:
    """What is going on. Every verb writes to the log and leaves the scene as it is then."""

    rng: Random
    log: Log
    book: Book
    members: list[Person]
    commander: Person
    stage_ids: Sequence[str]
    stage: int = 0
    assigned: dict[str, Person] = field(default_factory=dict[str, Person])
    remind_at: int | None = None

    def others(self, *those: Person) -> list[Person]:
        """Members other than these; at least one."""
        return [one for one in self.members if one not in those] or [self.commander]

    def _named(self, job: Job) -> dict[str, str]:
        return {"stage_id": self.stage_ids[job.stage], "task_id": job.id, "title": job.work.title}

    def assign(self, at: int, job: Job, to: Person | None, *, by: Person) -> None:
        before = self.assigned.pop(job.id, None)
        if to is not None:
            self.assigned[job.id] = to
        names = {"from_id": before.id if before else "", "to_id": to.id if to else ""}
        self.log.event(at, "task_assigned", by.id, **self._named(job), **names, post_id="")

    def take_up(self, at: int, job: Job, *, by: Person) -> None:
        self.log.event(at, "task_in_progress", by.id, **self._named(job), from_state="", post_id="")

    def tick(self, at: int, job: Job, *, by: Person) -> None:
        self.log.event(at, "task_ticked", by.id, **self._named(job), from_state="", post_id="")

    def untick(self, at: int, job: Job, *, by: Person) -> None:
        self.log.event(at, "task_unticked", by.id, **self._named(job), from_state="closed", post_id="")

    def run(self, at: int, job: Job, outcome: str, *, by: Person) -> None:
        answer = {"ok": "done", "failed": "timeout", "not_found": ""}[outcome]
        command = job.work.command or "/deploy status"
        self.log.event(
            at,
            "task_run",
            by.id,
            **self._named(job),
            command=command,
            outcome=outcome,
            duration_ms=self.rng.randint(200, 20_000),
            answer=answer,
        )

    def lead(self, at: int, to: Person, *, by: Person) -> None:
        self.log.event(at, "commander_changed", by.id, from_id=self.commander.id, to_id=to.id, post_id="")
        self.commander = to

    def go_to(self, at: int, stage: int, *, open_tasks: int, by: Person) -> None:
        self.log.event(
            at,
            "stage_changed",
            by.id,
            from_stage_id=self.stage_ids[self.stage],
            from_position=self.stage,
            from_title=self.book.parts[self.stage].title,
            to_stage_id=self.stage_ids[stage],
            to_position=stage,
            to_title=self.book.parts[stage].title,
            open_tasks=open_tasks,
            post_id="",
        )
        self.stage = stage

    def end(self, at: int, start: int) -> None:
        self.log.event(at, "incident_ended", self.commander.id, duration_ms=at - start, post_id="")

    def join(self, at: int, one: Person) -> None:
        names = {"user_id": one.id, "is_bot": False}
        profile = {"timezone": one.zone, "working_hours": one.working_hours}
        self.log.event(at, "member_joined", one.id, **names, **profile)

    def say(self, at: int, who: Person, texts: Sequence[str], *, to: Person | None = None) -> str:
        text = self.rng.choice(texts)
        return self.log.post(at, who.id, text.format(who=to.name if to else "all"))

    def chat(
        self,
        since: int,
        until: int,
        who: Sequence[Person],
        *,
        texts: Sequence[str] = words.OTHER,
        every_min: float = 5,
    ) -> None:
        """Posts of these people now and then. A stretch that is short may well stay silent."""
        at = since + self._pause(every_min / 2)
        while at < until - 20 * SECOND:
            self.say(at, self.rng.choice(who), texts)
            at += self._pause(every_min)

    def _pause(self, every_min: float) -> int:
        return int(max(0.3, self.rng.expovariate(1 / every_min)) * MINUTE)

    def work_on(self, job: Job, since: int, until: int, *, who: Person | None = None) -> None:
        """Somebody works on the task and says so; the others talk about other things."""
        worker = who or job.owner
        if self.rng.random() < 0.25:
            self.take_up(since + 10 * SECOND, job, by=worker)
        self.chat(since, until, [worker], texts=words.PROGRESS, every_min=6)
        self.chat(since, until, self.others(worker), every_min=8)
        if job.work.command and self.rng.random() < 0.7:
            self.run(until - min(40 * SECOND, (until - since) // 3), job, "ok", by=worker)

    def update_status(self, at: int, *, remind_after_s: int | None = None) -> None:
        """The commander says how it stands, and how soon they want to be reminded."""
        self.remind(at)
        post_id = self.log.post(at, self.commander.id, "We are on it; see the tasks for where we are.")
        drawn_s = self.rng.choice((0, 900, 1800, 1800, 3600))
        after_s = drawn_s if remind_after_s is None else remind_after_s
        self.log.event(
            at,
            "status_updated",
            self.commander.id,
            post_id=post_id,
            remind_after_s=after_s,
            broadcast_post_id="",
        )
        self.remind_at = at + after_s * SECOND if after_s else None

    def remind(self, now: int) -> None:
        """What the server does by itself when a reminder's time is over."""
        if self.remind_at is not None and self.remind_at < now:
            self.log.event(self.remind_at, "reminder_due", "", due_at=self.remind_at)
            self.log.event(self.remind_at, "reminder_shown", "", post_id="", commander_id=self.commander.id)
            self.remind_at = None
