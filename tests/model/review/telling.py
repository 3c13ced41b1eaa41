"""A short way to tell the story of an incident, by the minute."""

from dataclasses import dataclass, field

from commandpost.incidents.model.ids import IncidentId
from commandpost.incidents.model.review.durations import Past, past_of
from commandpost.incidents.model.review.evidence import Claim
from commandpost.incidents.model.review.gaps import Gap
from commandpost.incidents.model.review.review import Review, reviewed
from commandpost.incidents.model.review.story import PresenceChange, Story, Talk
from commandpost.incidents.model.review.talk import talk_in
from commandpost.incidents.model.task import TaskState
from commandpost.incidents.model.timeline import (
    CommanderChanged,
    Entry,
    IncidentEnded,
    IncidentRestarted,
    IncidentStarted,
    MemberJoined,
    MemberLeft,
    Payload,
    PostSeen,
    RunOutcome,
    StageAtStart,
    StageChanged,
    TaskAdded,
    TaskAssigned,
    TaskAtStart,
    TaskInProgress,
    TaskRun,
    TaskTicked,
    TaskUnticked,
)
from commandpost.kernel.clock import MINUTE_MS, Millis

MONDAY = 1_767_603_600_000
"""Monday the 5th of January 2026, 9 in the morning UTC."""

STAGES = {"look": ("a", "b", "c", "d"), "mend": ("e", "f", "g", "h"), "close": ("i", "j")}
STAGE_OF = {task: stage for stage, tasks in STAGES.items() for task in tasks}


@dataclass
class Telling:
    """An incident with three stages of tasks `a` to `j`, led by Ana; everybody may be named."""

    zero: int = MONDAY
    past: Past = field(default_factory=Past)
    entries: list[Entry] = field(default_factory=list[Entry])
    presence: list[PresenceChange] = field(default_factory=list[PresenceChange])
    talk: dict[str, Talk] = field(default_factory=dict[str, Talk])
    stage: str = "look"
    closed: tuple[str, ...] = ()
    """Tasks that the playbook gives as closed."""

    def __post_init__(self) -> None:
        stages = tuple(
            StageAtStart(id=stage, title=stage, tasks=tuple(self._task(task) for task in tasks))
            for stage, tasks in STAGES.items()
        )
        started = IncidentStarted(
            name="Down",
            description="",
            commander_id="ana",
            channel_id="channel",
            is_public=True,
            playbook_id="playbook",
            playbook_version=1,
            origin_post_id="",
            active_stage=0,
            stages=stages,
            reminder_default_s=0,
            broadcast_channel_id="",
            post_id="",
        )
        self.tell("ana", 0, started)

    def _task(self, task: str) -> TaskAtStart:
        state = TaskState.CLOSED if task in self.closed else TaskState.OPEN
        return TaskAtStart(id=task, title=task, state=state)

    def at(self, minute: float) -> Millis:
        return Millis(self.zero + int(minute * MINUTE_MS))

    def tell(self, who: str, minute: float, payload: Payload) -> Entry:
        entry = Entry(
            incident_id=IncidentId("incident"),
            sequence=len(self.entries) + 1,
            actor_id=who,
            at=self.at(minute),
            payload=payload,
        )
        self.entries.append(entry)
        return entry

    def tick(self, minute: float, task: str, by: str = "ben") -> Entry:
        ticked = TaskTicked(
            stage_id=STAGE_OF.get(task, "look"),
            task_id=task,
            title=task,
            from_state=TaskState.OPEN,
            post_id="",
        )
        return self.tell(by, minute, ticked)

    def untick(self, minute: float, task: str) -> Entry:
        unticked = TaskUnticked(
            stage_id=STAGE_OF[task], task_id=task, title=task, from_state=TaskState.CLOSED, post_id=""
        )
        return self.tell("ben", minute, unticked)

    def assign(self, minute: float, task: str, to: str, old: str = "") -> Entry:
        assigned = TaskAssigned(
            stage_id=STAGE_OF[task], task_id=task, title=task, from_id=old, to_id=to, post_id=""
        )
        return self.tell("ana", minute, assigned)

    def take_up(self, minute: float, task: str) -> Entry:
        taken = TaskInProgress(
            stage_id=STAGE_OF[task], task_id=task, title=task, from_state=TaskState.OPEN, post_id=""
        )
        return self.tell("ben", minute, taken)

    def run(self, minute: float, task: str, outcome: RunOutcome = RunOutcome.OK) -> Entry:
        ran = TaskRun(
            stage_id=STAGE_OF[task],
            task_id=task,
            title=task,
            command="/fix",
            outcome=outcome,
            duration_ms=10,
            answer="",
        )
        return self.tell("ben", minute, ran)

    def go(self, minute: float, stage: str) -> Entry:
        order = list(STAGES)
        changed = StageChanged(
            from_stage_id=self.stage,
            from_position=order.index(self.stage),
            from_title=self.stage,
            to_stage_id=stage,
            to_position=order.index(stage),
            to_title=stage,
            open_tasks=0,
            post_id="",
        )
        self.stage = stage
        return self.tell("ana", minute, changed)

    def command(self, minute: float, to: str, old: str = "ana") -> Entry:
        return self.tell(old, minute, CommanderChanged(from_id=old, to_id=to, post_id=""))

    def say(
        self, minute: float, who: str, *, root: str = "", asks: bool | None = None, to: tuple[str, ...] = ()
    ) -> str:
        """Post something; what it asks is known only if `asks` is given. Gives the post's id."""
        return self._post(
            minute, who, root, None if asks is None else Talk(asks=asks, mentions=frozenset(to))
        )

    def write(self, minute: float, who: str, text: str, *, root: str = "") -> str:
        """Post a text; people's names are their usernames. Gives the post's id."""
        names = {entry.actor_id: entry.actor_id for entry in self.entries}
        return self._post(minute, who, root, talk_in(text, names))

    def _post(self, minute: float, who: str, root: str, talk: Talk | None) -> str:
        post_id = f"post{len(self.entries)}"
        self.tell(who, minute, PostSeen(post_id=post_id, author_id=who, root_id=root))
        if talk is not None:
            self.talk[post_id] = talk
        return post_id

    def join(self, minute: float, who: str, *, hours: str = "", zone: str = "", bot: bool = False) -> Entry:
        joined = MemberJoined(user_id=who, is_bot=bot, timezone=zone, working_hours=hours)
        return self.tell(who, minute, joined)

    def leave(self, minute: float, who: str) -> Entry:
        return self.tell(who, minute, MemberLeft(user_id=who))

    def add(self, minute: float, task: str) -> Entry:
        added = TaskAdded(
            stage_id="look",
            task_id=task,
            position=4,
            title=task,
            description="",
            command="",
            state=TaskState.OPEN,
            assignee_id="",
        )
        return self.tell("ana", minute, added)

    def turn(self, minute: float, who: str, status: str) -> None:
        self.presence.append(PresenceChange(user_id=who, at=self.at(minute), status=status))

    def end(self, minute: float) -> Entry:
        return self.tell("ana", minute, IncidentEnded(duration_ms=0, post_id=""))

    def restart(self, minute: float) -> Entry:
        return self.tell("ana", minute, IncidentRestarted(post_id=""))

    def story(self) -> Story:
        return Story(
            entries=tuple(self.entries), presence=tuple(self.presence), talk=self.talk, past=self.past
        )

    def review(self) -> Review:
        return reviewed(self.story())

    def gap(self) -> Gap:
        """The only gap there is."""
        [gap] = self.review().gaps
        return gap

    def cause(self) -> Claim | None:
        """The likeliest cause of the only gap."""
        return next(iter(self.gap().causes), None)


def lively(*, length: int = 40, is_heard: bool = True, quiet: tuple[str, ...] = ()) -> Telling:
    """Four tasks done in 16 minutes, by Ben who is assigned to them; then `length` minutes before a gap ends.

    Ana, Ben and Cy talk every third minute, in the gap too if it `is_heard`, but for those `quiet` in it.
    """
    story = Telling()
    for who in ("ana", "ben", "cy"):
        story.join(0, who)
    for number, done in enumerate("abcd"):
        story.assign(4 * number, done, "ben")
        _talk(story, 4 * number, 4 * number + 3)
        story.tick(4 * number + 4, done)
    if is_heard:
        _talk(story, 16, 16 + length - 1, quiet=quiet)
    return story


def ending(story: Telling, *, length: int = 40, task: str = "e", by: str = "ben") -> Telling:
    """End the gap of a lively story by that task; the rest goes as quickly as before."""
    story.tick(16 + length, task, by=by)
    for number, done in enumerate("fgh"):
        begin = 16 + length + 4 * number
        story.assign(begin, done, "ben")
        _talk(story, begin, begin + 3)
        story.tick(begin + 4, done)
    story.end(16 + length + 15)
    return story


def _talk(story: Telling, since: int, until: int, *, quiet: tuple[str, ...] = ()) -> None:
    for minute in range(since, until):
        who = ("ana", "ben", "cy")[minute % 3]
        if who not in quiet:
            story.say(minute + 0.5, who, asks=False)


def past(*lengths: int, task: str = "e") -> Past:
    """Earlier runs in which the task took so many minutes."""
    runs: list[list[Entry]] = []
    for length in lengths:
        run = Telling()
        run.tick(length, task)
        run.end(length + 1)
        runs.append(run.entries)
    return past_of(runs)
