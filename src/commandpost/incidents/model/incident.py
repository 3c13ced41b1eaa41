"""An incident: what happened, who leads, how far its stages and tasks are."""

from dataclasses import dataclass, replace

from commandpost.incidents.model.ids import NO_PLAYBOOK, IncidentId, PlaybookId, TaskId
from commandpost.incidents.model.stage import Stage
from commandpost.incidents.model.status_update import StatusPost
from commandpost.incidents.model.task import Task
from commandpost.kernel.clock import NEVER, Millis
from commandpost.kernel.errors import Conflict, Invalid, NotFound


class AlreadyEnded(Conflict):
    """This incident has already been closed."""

    code = "incident.already_ended"


class AlreadyOngoing(Conflict):
    """This incident is already active."""

    code = "incident.already_ongoing"


class StageUnknown(NotFound):
    """There is no stage at that position."""

    code = "stage.unknown"


class StageOutOfRange(Invalid):
    """The incident has no such stage."""

    code = "stage.out_of_range"


class TaskGone(Conflict):
    """Somebody deleted this task meanwhile; look at the list as it is now."""

    code = "task.gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a task stands: the position of its stage and its own within it, both counted from 0.

    With `meant`, the task of that id is meant wherever it stands by now (see `Incident.placed`).
    """

    stage: int
    task: int
    meant: TaskId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident with everything it holds.

    `status_posts` are in the order of their creation, deleted ones included. `previous_reminder_s` is the
    playbook's default until the first status update, then what the last one chose. `last_event` is the
    number of the newest entry in its event log. `is_practice` marks a rehearsal: nobody outside
    is reached by it, and it counts for nothing. `is_imported` marks what came in an archive.
    """

    id: IncidentId
    team_id: str
    channel_id: str
    name: str
    description: str = ""
    is_public: bool = True
    is_active: bool = True
    commander_id: str
    reporter_id: str
    playbook_id: PlaybookId = NO_PLAYBOOK
    playbook_version: int = 0
    post_id: str = ""
    create_at: Millis
    end_at: Millis = NEVER
    active_stage: int = 0
    stages: tuple[Stage, ...] = ()
    status_posts: tuple[StatusPost, ...] = ()
    reminder_post_id: str = ""
    previous_reminder_s: int = 0
    broadcast_channel_id: str = ""
    reminder_message_template: str = ""
    last_event: int = 0
    is_practice: bool = False
    is_imported: bool = False

    @property
    def active_stage_title(self) -> str:
        """The title of the active stage, "" if there is none."""
        return self.stages[self.active_stage].title if 0 <= self.active_stage < len(self.stages) else ""

    @property
    def newest_status_post(self) -> StatusPost | None:
        """The newest status post that is not deleted."""
        alive = (post for post in self.status_posts if not post.delete_at)
        return max(alive, key=lambda post: (post.create_at, post.id), default=None)

    def ended(self, *, at: Millis) -> "Incident":
        """Raises AlreadyEnded."""
        if not self.is_active:
            raise AlreadyEnded
        return replace(self, is_active=False, end_at=at, reminder_post_id="")

    def restarted(self) -> "Incident":
        """Ongoing again, its time running from the first start. Raises AlreadyOngoing."""
        if self.is_active:
            raise AlreadyOngoing
        return replace(self, is_active=True, end_at=NEVER)

    def commanded_by(self, user_id: str) -> "Incident":
        return replace(self, commander_id=user_id)

    def staged(self, position: int) -> "Incident":
        """At another stage. Raises StageOutOfRange."""
        if not 0 <= position < len(self.stages):
            raise StageOutOfRange
        return replace(self, active_stage=position)

    def updated(self, post: StatusPost, *, remind_after_s: int) -> "Incident":
        """After a status update. Raises AlreadyEnded."""
        if not self.is_active:
            raise AlreadyEnded
        return replace(
            self,
            status_posts=(*self.status_posts, post),
            previous_reminder_s=remind_after_s,
            reminder_post_id="",
        )

    def reminded(self, post_id: str) -> "Incident":
        """With a reminder post shown in its channel, "" for none."""
        return replace(self, reminder_post_id=post_id)

    def stage(self, position: int) -> Stage:
        """The stage at a position counted from 0. Raises StageUnknown."""
        if not 0 <= position < len(self.stages):
            raise StageUnknown
        return self.stages[position]

    def task(self, place: Place) -> Task:
        """Raises StageUnknown, TaskUnknown."""
        return self.stage(place.stage).task(place.task)

    def placed(self, place: Place) -> Place:
        """Where the task that was meant stands now, if others moved it. Raises TaskGone."""
        if place.meant is None:
            return place
        found = self.place_of(place.meant)
        if found is None:
            raise TaskGone
        return found

    def with_stage(self, position: int, stage: Stage) -> "Incident":
        """With another stage at that position. Raises StageUnknown."""
        self.stage(position)
        return replace(self, stages=(*self.stages[:position], stage, *self.stages[position + 1 :]))

    def with_task(self, place: Place, task: Task) -> "Incident":
        """With another task at that place. Raises StageUnknown, TaskUnknown."""
        return self.with_stage(place.stage, self.stage(place.stage).with_task(place.task, task))

    def place_of(self, task_id: TaskId) -> Place | None:
        """Where a task stands now; None if it was deleted."""
        for stage_at, stage in enumerate(self.stages):
            for task_at, task in enumerate(stage.tasks):
                if task.id == task_id:
                    return Place(stage=stage_at, task=task_at)
        return None
