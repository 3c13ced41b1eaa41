"""An incident going on in the past: its state, what is said in its channel, what is logged."""

from collections.abc import Callable
from dataclasses import replace

from commandpost.incidents import wording
from commandpost.incidents.actions.people import joined_entry
from commandpost.incidents.model.incident import Incident, Place
from commandpost.incidents.model.past import Joined, PastIncident
from commandpost.incidents.model.status_update import StatusPost
from commandpost.incidents.model.task import TaskState
from commandpost.incidents.model.timeline import (
    CommanderChanged,
    Entry,
    IncidentEnded,
    IncidentStarted,
    Payload,
    PostSeen,
    StageAtStart,
    StageChanged,
    StatusUpdated,
    TaskAssigned,
    TaskAtStart,
    TaskTicked,
    TaskUnticked,
)
from commandpost.incidents.ports import BOT, Channel, PastChannel, Post, User
from commandpost.kernel.clock import Millis


class PastLife:
    """An incident from its start on. Every deed is later than the one before; impossible ones are none."""

    def __init__(self, incident: Incident, channel: Channel, commander: User, ids: Callable[[], str]) -> None:
        self._incident = incident
        self._channel = channel
        self._ids = ids
        self._people: dict[str, User] = {}
        self._joined: list[Joined] = []
        self._posts: list[Post] = []
        self._entries: list[Entry] = []
        self.last_at = incident.create_at
        self._start(commander)

    def past(self) -> tuple[PastIncident, PastChannel]:
        """What has become of it."""
        incident = replace(self._incident, last_event=len(self._entries))
        joined = tuple(self._joined)
        return (
            PastIncident(incident=incident, joined=joined, entries=tuple(self._entries)),
            PastChannel(
                channel=self._channel,
                header=incident.description or wording.NO_DESCRIPTION,
                create_at=incident.create_at,
                joined={one.user_id: one.at for one in joined},
                posts=tuple(self._posts),
            ),
        )

    def join(self, user: User, at: Millis) -> None:
        self._enter(user, at)
        self._log(user.id, at, joined_entry(user))

    def speak(self, user: User, text: str, at: Millis) -> None:
        if user.id in self._people:
            post_id = self._post(user.id, text, at)
            self._log(user.id, at, PostSeen(post_id=post_id, author_id=user.id, root_id=""))

    def update(self, user: User, text: str, remind_after_s: int, at: Millis) -> None:
        if user.id not in self._people:
            return
        post_id = self._post(user.id, text, at)
        status = StatusPost(id=post_id, create_at=at)
        self._incident = self._incident.updated(status, remind_after_s=remind_after_s)
        entry = StatusUpdated(post_id=post_id, remind_after_s=remind_after_s, broadcast_post_id="")
        self._log(user.id, at, entry)

    def put(self, user: User, place: Place, state: TaskState, at: Millis) -> None:
        task = self._incident.task(place)
        if task.state is state or user.id not in self._people:
            return
        post_id = self._post(BOT, wording.task_put(user.username, task.title, state), at)
        kind = TaskUnticked if state is TaskState.OPEN else TaskTicked
        entry = kind(
            stage_id=self._incident.stage(place.stage).id,
            task_id=task.id,
            title=task.title,
            from_state=task.state,
            post_id=post_id,
        )
        self._incident = self._incident.with_task(place, task.put(state, at=at, post_id=post_id))
        self._log(user.id, at, entry)

    def assign(self, by: User, to: User, place: Place, at: Millis) -> None:
        task = self._incident.task(place)
        if task.assignee_id == to.id or to.id not in self._people:
            return
        text = wording.task_assigned(by.username, task.title, old="", new=to.username)
        post_id = self._post(BOT, text, at)
        entry = TaskAssigned(
            stage_id=self._incident.stage(place.stage).id,
            task_id=task.id,
            title=task.title,
            from_id=task.assignee_id,
            to_id=to.id,
            post_id=post_id,
        )
        self._incident = self._incident.with_task(place, task.assigned(to.id, at=at, post_id=post_id))
        self._log(by.id, at, entry)

    def enter(self, user: User, position: int, at: Millis) -> None:
        """Move to a stage."""
        before, after = self._incident, self._incident.staged(position)
        left, entered = before.stages[before.active_stage], after.stages[position]
        text = wording.stage_changed(user.username, old=left.title, new=entered.title)
        entry = StageChanged(
            from_stage_id=left.id,
            from_position=before.active_stage,
            from_title=left.title,
            to_stage_id=entered.id,
            to_position=position,
            to_title=entered.title,
            open_tasks=sum(task.is_open for task in left.tasks),
            post_id=self._post(BOT, text, at),
        )
        self._incident = after
        self._log(user.id, at, entry)

    def hand_over(self, to: User, at: Millis) -> None:
        """Make somebody else the commander."""
        if to.id not in self._people:
            return
        old = self._people[self._incident.commander_id]
        text = wording.commander_changed(old.username, old=old.username, new=to.username)
        entry = CommanderChanged(from_id=old.id, to_id=to.id, post_id=self._post(BOT, text, at))
        self._incident = self._incident.commanded_by(to.id)
        self._log(old.id, at, entry)

    def end(self, at: Millis) -> None:
        leader = self._people[self._incident.commander_id]
        post_id = self._post(BOT, wording.ended(leader.username), at)
        self._incident = self._incident.ended(at=at)
        self._log(leader.id, at, IncidentEnded(duration_ms=at - self._incident.create_at, post_id=post_id))

    def _start(self, commander: User) -> None:
        incident, at = self._incident, self._incident.create_at
        post_id = self._post(BOT, wording.started(commander.username), at)
        started = IncidentStarted(
            name=incident.name,
            description=incident.description,
            commander_id=commander.id,
            channel_id=incident.channel_id,
            is_public=incident.is_public,
            playbook_id=incident.playbook_id,
            playbook_version=incident.playbook_version,
            origin_post_id="",
            active_stage=0,
            stages=tuple(
                StageAtStart(
                    id=stage.id,
                    title=stage.title,
                    tasks=tuple(TaskAtStart(id=task.id, title=task.title) for task in stage.tasks),
                )
                for stage in incident.stages
            ),
            reminder_default_s=0,
            broadcast_channel_id="",
            post_id=post_id,
        )
        self._log(commander.id, at, started)
        self.join(commander, at)

    def _enter(self, user: User, at: Millis) -> None:
        self._people[user.id] = user
        self._joined.append(Joined(user_id=user.id, at=at))

    def _post(self, author_id: str, text: str, at: Millis) -> str:
        post_id = self._ids()
        post = Post(id=post_id, channel_id=self._channel.id, author_id=author_id, message=text, create_at=at)
        self._posts.append(post)
        return post_id

    def _log(self, actor_id: str, at: Millis, payload: Payload) -> None:
        self.last_at = at
        number = len(self._entries) + 1
        self._entries.append(
            Entry(incident_id=self._incident.id, sequence=number, actor_id=actor_id, at=at, payload=payload)
        )
