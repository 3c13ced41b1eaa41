"""What happened in an incident of the original, told from its channel and its tasks.

The original keeps no log. Its bot says in the channel what people do, in fixed sentences, and each task bears
its last changes: together they give most of the history. What neither tells is not made up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from commandpost.archive.shapes import ArchivedEvent
from commandpost.incidents import wording
from commandpost.incidents.model.timeline import (
    CommanderChanged,
    IncidentEnded,
    IncidentRestarted,
    IncidentStarted,
    MemberJoined,
    MemberLeft,
    Payload,
    PostSeen,
    ReminderShown,
    StageAtStart,
    StageChanged,
    StatusDeleted,
    StatusUpdated,
    TaskAtStart,
)
from commandpost.moving.sentences import Sentence, understood
from commandpost.moving.shapes import OriginalChannel, OriginalIncident, OriginalPost, OriginalUser
from commandpost.moving.task_history import TaskHistory

_NS_IN_S = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The events, who led first, and how many of the bot's sentences were about what is no longer there."""

    events: Sequence[ArchivedEvent]
    first_commander: str
    unplaced: int


def history(
    incident: OriginalIncident,
    channel: OriginalChannel,
    posts: Sequence[OriginalPost],
    users: Mapping[str, OriginalUser],
) -> History:
    """The event log of an incident, from the posts of its channel, oldest first."""
    historian = _Historian(incident, users)
    for post in posts:
        historian.hear(post)
    historian.look_at_the_incident()
    commander, start = historian.start(channel)
    told = [(incident.create_at, commander, start), *sorted(historian.told, key=lambda one: one[0])]
    events = [
        ArchivedEvent(
            sequence=number,
            kind=payload.kind,
            version=payload.version,
            at=max(at, incident.create_at),
            actor_id=actor_id,
            payload=msgspec.to_builtins(payload),
        )
        for number, (at, actor_id, payload) in enumerate(told, start=1)
    ]
    return History(events=events, first_commander=commander, unplaced=historian.unplaced)


class _Historian:
    def __init__(self, incident: OriginalIncident, users: Mapping[str, OriginalUser]) -> None:
        self.told: list[tuple[int, str, Payload]] = []
        self.unplaced = 0
        self._incident = incident
        self._users = users
        self._ids = {user.username: user.id for user in users.values()}
        self._tasks = TaskHistory(incident)
        self._authors: dict[str, str] = {}
        self._status = {status.id for status in incident.status_posts or ()}
        self._present: set[str] = set()
        self._first_commander: str | None = None
        self._first_stage: int | None = None
        self._start_post = ""
        self._has_ended = False

    def hear(self, post: OriginalPost) -> None:
        """What a post of the channel tells; of a person it tells that they said something."""
        author = self._users.get(post.user_id)
        if post.type.startswith("system_"):
            self._hear_system(post)
        elif post.id in self._status:
            self._authors[post.id] = post.user_id
            self._come(post.user_id, post.create_at)
        elif author is not None and author.is_bot:
            if said := understood(post.message):
                self._hear_bot(post, *said)
        elif not post.type and post.user_id:
            self._come(post.user_id, post.create_at)
            seen = PostSeen(post_id=post.id, author_id=post.user_id, root_id=post.root_id)
            self.told.append((post.create_at, post.user_id, seen))

    def look_at_the_incident(self) -> None:
        """What the incident bears itself: tasks' last changes, status updates, an end that nobody told."""
        self.told += [(at, "", payload) for at, payload in self._tasks.untold()]
        status_posts = self._incident.status_posts or ()
        for number, status in enumerate(status_posts, start=1):
            is_last = number == len(status_posts)
            remind_after_s = self._incident.previous_reminder // _NS_IN_S if is_last else 0
            updated = StatusUpdated(post_id=status.id, remind_after_s=remind_after_s, broadcast_post_id="")
            self.told.append((status.create_at, self._authors.get(status.id, ""), updated))
            if status.delete_at:
                self.told.append((status.delete_at, "", StatusDeleted(post_id=status.id)))
        if not self._incident.is_active and not self._has_ended and self._incident.end_at:
            self.told.append((self._incident.end_at, "", self._ended(self._incident.end_at, "")))

    def start(self, channel: OriginalChannel) -> tuple[str, Payload]:
        """Who began it, and how; tasks were open then."""
        incident, commander = self._incident, self._first_commander or self._incident.commander_user_id
        stage = incident.active_stage if self._first_stage is None else self._first_stage
        started = IncidentStarted(
            name=incident.name,
            description=incident.description,
            commander_id=commander,
            channel_id=incident.channel_id,
            is_public=channel.type == "O",
            playbook_id=incident.playbook_id,
            playbook_version=1 if incident.playbook_id else 0,
            origin_post_id=incident.post_id,
            active_stage=min(max(stage, 0), max(len(incident.stages) - 1, 0)),
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
            post_id=self._start_post,
        )
        return commander, started

    def _id(self, username: str) -> str:
        """Whom a name means, with or without an @; who is not known keeps the name for an id."""
        return self._ids.get(username.removeprefix("@"), username.removeprefix("@"))

    def _come(self, user_id: str, at: int, *, by: str = "") -> None:
        if user_id in self._present:
            return
        self._present.add(user_id)
        user = self._users.get(user_id)
        is_bot = user is not None and user.is_bot
        joined = MemberJoined(user_id=user_id, is_bot=is_bot, timezone="", working_hours="")
        self.told.append((at, by or user_id, joined))

    def _hear_system(self, post: OriginalPost) -> None:
        if post.type in ("system_join_channel", "system_add_to_channel"):
            self._come(post.about("addedUserId") or post.user_id, post.create_at, by=post.user_id)
        elif post.type in ("system_leave_channel", "system_remove_from_channel"):
            gone = post.about("removedUserId") or post.user_id
            self._present.discard(gone)
            self.told.append((post.create_at, post.user_id, MemberLeft(user_id=gone)))

    def _hear_bot(self, post: OriginalPost, sentence: Sentence, said: Mapping[str, str]) -> None:
        if sentence is Sentence.STARTED:
            self._start_post = self._start_post or post.id
            return
        payload = self._payload(post, sentence, said)
        if payload is None:
            self.unplaced += 1
            return
        is_by_itself = sentence in (Sentence.REMINDED, Sentence.FAILED)
        self.told.append((post.create_at, "" if is_by_itself else self._id(said["who"]), payload))

    def _payload(self, post: OriginalPost, sentence: Sentence, said: Mapping[str, str]) -> Payload | None:
        match sentence:
            case Sentence.TICKED:
                return self._tasks.ticked(said["title"], said["verb"], post)
            case Sentence.ASSIGNED:
                to_id = "" if said["new"] == wording.NO_ASSIGNEE else self._id(said["new"])
                return self._tasks.assigned(said["title"], to_id, post)
            case Sentence.FAILED:
                return self._tasks.failed(said["command"])
            case Sentence.HANDED_OVER:
                return self._handed_over(post, self._id(said["old"]), self._id(said["new"]))
            case Sentence.WENT_ON:
                return self._went_on(post, said["old"], said["new"])
            case Sentence.REMINDED:
                return ReminderShown(post_id=post.id, commander_id=self._id(said["who"]))
            case Sentence.ENDED:
                return self._ended(post.create_at, post.id)
            case _:
                self._has_ended = False
                return IncidentRestarted(post_id=post.id)

    def _handed_over(self, post: OriginalPost, old: str, new: str) -> Payload:
        if self._first_commander is None:
            self._first_commander = old
        return CommanderChanged(from_id=old, to_id=new, post_id=post.id)

    def _went_on(self, post: OriginalPost, old: str, new: str) -> Payload | None:
        titles = [stage.title for stage in self._incident.stages]
        if old not in titles or new not in titles:
            return None
        left, entered = titles.index(old), titles.index(new)
        if self._first_stage is None:
            self._first_stage = left
        return StageChanged(
            from_stage_id=self._incident.stages[left].id,
            from_position=left,
            from_title=old,
            to_stage_id=self._incident.stages[entered].id,
            to_position=entered,
            to_title=new,
            open_tasks=self._tasks.open_in(self._incident.stages[left]),
            post_id=post.id,
        )

    def _ended(self, at: int, post_id: str) -> Payload:
        self._has_ended = True
        return IncidentEnded(duration_ms=max(at - self._incident.create_at, 0), post_id=post_id)
