"""A short way to tell of runs of a playbook, by the minute."""

from dataclasses import dataclass, field
from itertools import count

from commandpost.incidents.model.ids import IncidentId
from commandpost.incidents.model.playbook import PlaybookContent, PlaybookStage, PlaybookTask
from commandpost.incidents.model.task import TaskState
from commandpost.incidents.model.timeline import (
    Entry,
    IncidentEnded,
    IncidentStarted,
    Payload,
    RunOutcome,
    StageAtStart,
    StatusUpdated,
    TaskAdded,
    TaskAssigned,
    TaskAtStart,
    TaskEdited,
    TaskRemoved,
    TaskRun,
    TaskTicked,
    TaskUnticked,
)
from commandpost.kernel.clock import DAY_MS, MINUTE_MS, Millis

STAGES = {"Look": ("a", "b", "c"), "Mend": ("d", "e", "f")}
STAGE_OF = {task: stage for stage, tasks in STAGES.items() for task in tasks}
ALL = tuple(STAGE_OF)
PEOPLE = ("ana", "ben", "cy")

CONTENT = PlaybookContent(
    team_id="team",
    title="Outage",
    stages=tuple(
        PlaybookStage(title=stage, tasks=tuple(PlaybookTask(title=task) for task in tasks))
        for stage, tasks in STAGES.items()
    ),
    reminder_timer_default_s=3600,
)
_numbers = count(1)


@dataclass
class Telling:
    """A run with two stages of three tasks, `a` to `f`, led by Ana."""

    number: int = field(default_factory=lambda: next(_numbers))
    version: int = 1
    entries: list[Entry] = field(default_factory=list[Entry])

    def __post_init__(self) -> None:
        started = IncidentStarted(
            name="Down",
            description="",
            commander_id="ana",
            channel_id="channel",
            is_public=True,
            playbook_id="playbook",
            playbook_version=self.version,
            origin_post_id="",
            active_stage=0,
            stages=tuple(
                StageAtStart(
                    id=stage, title=stage, tasks=tuple(TaskAtStart(id=task, title=task) for task in tasks)
                )
                for stage, tasks in STAGES.items()
            ),
            reminder_default_s=3600,
            broadcast_channel_id="",
            post_id="",
        )
        self.tell(0, "ana", started)

    def tell(self, minute: float, who: str, payload: Payload) -> None:
        entry = Entry(
            incident_id=IncidentId(f"incident{self.number:06}"),
            sequence=len(self.entries) + 1,
            actor_id=who,
            at=Millis(self.number * DAY_MS + int(minute * MINUTE_MS)),
            payload=payload,
        )
        self.entries.append(entry)

    def tick(self, minute: float, task: str, by: str = "ana") -> None:
        ticked = TaskTicked(
            stage_id=STAGE_OF.get(task, "Mend"),
            task_id=task,
            title=task,
            from_state=TaskState.OPEN,
            post_id="",
        )
        self.tell(minute, by, ticked)

    def untick(self, minute: float, task: str) -> None:
        opened = TaskUnticked(
            stage_id=STAGE_OF[task], task_id=task, title=task, from_state=TaskState.CLOSED, post_id=""
        )
        self.tell(minute, "ana", opened)

    def add(self, minute: float, title: str, stage: str = "Mend") -> None:
        added = TaskAdded(
            stage_id=stage,
            task_id=title,
            position=3,
            title=title,
            description="",
            command="",
            state=TaskState.OPEN,
            assignee_id="",
        )
        self.tell(minute, "ana", added)

    def rename(self, minute: float, task: str, old: str, new: str) -> None:
        edited = TaskEdited(
            stage_id=STAGE_OF[task],
            task_id=task,
            from_title=old,
            to_title=new,
            from_command="",
            to_command="",
        )
        self.tell(minute, "ana", edited)

    def remove(self, minute: float, task: str) -> None:
        removed = TaskRemoved(
            stage_id=STAGE_OF[task], task_id=task, position=0, title=task, state=TaskState.OPEN
        )
        self.tell(minute, "ana", removed)

    def assign(self, minute: float, task: str, to: str, old: str = "") -> None:
        given = TaskAssigned(
            stage_id=STAGE_OF[task], task_id=task, title=task, from_id=old, to_id=to, post_id=""
        )
        self.tell(minute, "ana", given)

    def run(self, minute: float, task: str, command: str) -> None:
        edited = TaskEdited(
            stage_id=STAGE_OF[task],
            task_id=task,
            from_title=task,
            to_title=task,
            from_command="",
            to_command=command,
        )
        ran = TaskRun(
            stage_id=STAGE_OF[task],
            task_id=task,
            title=task,
            command=command,
            outcome=RunOutcome.OK,
            duration_ms=10,
            answer="",
        )
        self.tell(minute, "ana", edited)
        self.tell(minute, "ana", ran)

    def update(self, minute: float, remind_after_s: int) -> None:
        self.tell(
            minute, "ana", StatusUpdated(post_id="p", remind_after_s=remind_after_s, broadcast_post_id="")
        )

    def end(self, minute: float = 100) -> list[Entry]:
        self.tell(minute, "ana", IncidentEnded(duration_ms=int(minute * MINUTE_MS), post_id=""))
        return self.entries


def usual(skip: str = "", order: tuple[str, ...] = ALL) -> Telling:
    """A run in which each task takes ten minutes and is done by one after another."""
    telling = Telling()
    for at, task in enumerate(order, start=1):
        if task != skip:
            telling.tick(10 * at, task, PEOPLE[(telling.number + at) % len(PEOPLE)])
    return telling
