"""How an incident begins: its first entries, and who is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tests.lived.log import Archived, Line, Log
from tests.lived.people import Person, new_id
from tests.lived.playbooks import Book
from tests.lived.scene import SECOND, Job, Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An incident that has begun; `jobs` by stage and title."""

    incident_id: str
    scene: Scene
    jobs: dict[tuple[int, str], Job]

    def archived(self) -> Archived:
        """What has been written so far."""
        log = self.scene.log
        return Archived(
            incident_id=self.incident_id, book=self.scene.book, events=log.events(), posts=log.posts()
        )


def opened(rng: Random, book: Book, members: Sequence[Person], at: int) -> Opened:
    incident_id = new_id(rng)
    jobs = {
        (stage, work.title): Job(id=new_id(rng), stage=stage, work=work, owner=rng.choice(members))
        for stage, part in enumerate(book.parts)
        for work in part.tasks
    }
    scene = Scene(
        rng=rng,
        log=Log(rng),
        book=book,
        members=list(members),
        commander=members[0],
        stage_ids=[new_id(rng) for _ in book.parts],
    )
    _told(scene, jobs, at)
    for place, one in enumerate(members):
        scene.join(at + place * rng.randint(0, 15) * SECOND, one)
    if rng.random() < 0.2:
        url, reference = "https://tickets.example.com/OPS-7", "OPS-7"
        named = {"integration": "jira", "title": "Outage", "url": url, "reference": reference}
        scene.log.event(at + 90 * SECOND, "link_added", scene.commander.id, **named, post_id="")
    return Opened(incident_id=incident_id, scene=scene, jobs=jobs)


def _told(scene: Scene, jobs: dict[tuple[int, str], Job], at: int) -> None:
    rng, book = scene.rng, scene.book
    stages: list[Line] = []
    for stage, part in enumerate(book.parts):
        mine = [job for (place, _), job in jobs.items() if place == stage]
        tasks = [{"id": job.id, "title": job.work.title, "state": ""} for job in mine]
        stages.append({"id": scene.stage_ids[stage], "title": part.title, "tasks": tasks})
    scene.log.event(
        at,
        "incident_started",
        scene.commander.id,
        name=f"{book.title}: {rng.choice(('checkout', 'login', 'search', 'mail', 'prices'))}",
        description="",
        commander_id=scene.commander.id,
        channel_id=new_id(rng),
        is_public=True,
        playbook_id=book.id,
        playbook_version=book.version,
        origin_post_id="",
        active_stage=0,
        stages=stages,
        reminder_default_s=book.default_reminder_s,
        broadcast_channel_id="",
        post_id="",
    )
