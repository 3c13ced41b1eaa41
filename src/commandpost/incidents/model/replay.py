"""An incident as its event log alone tells it: for logs that came from elsewhere."""

from collections.abc import Sequence
from dataclasses import replace

from commandpost.incidents.model.ids import IncidentId, PlaybookId, StageId, TaskId
from commandpost.incidents.model.incident import Incident, Place
from commandpost.incidents.model.stage import Stage
from commandpost.incidents.model.status_update import StatusPost
from commandpost.incidents.model.task import Task, TaskState
from commandpost.incidents.model.timeline import (
    CommanderChanged,
    Entry,
    IncidentEnded,
    IncidentRestarted,
    IncidentStarted,
    MemberJoined,
    MemberLeft,
    RunOutcome,
    StageChanged,
    StatusDeleted,
    StatusUpdated,
    TaskAdded,
    TaskAssigned,
    TaskEdited,
    TaskInProgress,
    TaskMoved,
    TaskRemoved,
    TaskRun,
    TaskTicked,
    TaskUnticked,
)
from commandpost.kernel.clock import NEVER
from commandpost.kernel.errors import Invalid


class LogWithoutStart(Invalid):
    """An incident's log begins with one incident_started, and has no other."""

    code = "replay.without_start"


def replayed(entries: Sequence[Entry], *, team_id: str) -> Incident:
    """The incident after its last entry. What its log does not say is as in a new one.

    Entries about stages and tasks that are not there change nothing. Raises LogWithoutStart.
    """
    if not entries or not isinstance(entries[0].payload, IncidentStarted):
        raise LogWithoutStart
    incident = _started(entries[0], entries[0].payload, team_id)
    for entry in entries[1:]:
        if isinstance(entry.payload, IncidentStarted):
            raise LogWithoutStart
        incident = _after(incident, entry)
    return replace(incident, last_event=len(entries))


def members(entries: Sequence[Entry]) -> dict[str, Entry]:
    """Who is in the channel after the last entry, each with the entry by which they joined."""
    present: dict[str, Entry] = {}
    for entry in entries:
        match entry.payload:
            case MemberJoined(user_id=user_id):
                present.setdefault(user_id, entry)
            case MemberLeft(user_id=user_id):
                present.pop(user_id, None)
            case _:
                pass
    return present


def _started(entry: Entry, started: IncidentStarted, team_id: str) -> Incident:
    stages = tuple(
        Stage(
            id=StageId(stage.id),
            title=stage.title,
            tasks=tuple(Task(id=TaskId(task.id), title=task.title, state=task.state) for task in stage.tasks),
        )
        for stage in started.stages
    )
    return Incident(
        id=IncidentId(entry.incident_id),
        team_id=team_id,
        channel_id=started.channel_id,
        name=started.name,
        description=started.description,
        is_public=started.is_public,
        commander_id=started.commander_id,
        reporter_id=entry.actor_id,
        playbook_id=PlaybookId(started.playbook_id),
        playbook_version=started.playbook_version,
        post_id=started.origin_post_id,
        create_at=entry.at,
        active_stage=min(max(started.active_stage, 0), max(len(stages) - 1, 0)),
        stages=stages,
        previous_reminder_s=started.reminder_default_s,
    )


def _after(incident: Incident, entry: Entry) -> Incident:
    match entry.payload:
        case IncidentEnded():
            return replace(incident, is_active=False, end_at=entry.at)
        case IncidentRestarted():
            return replace(incident, is_active=True, end_at=NEVER)
        case CommanderChanged(to_id=to_id):
            return replace(incident, commander_id=to_id)
        case StageChanged(to_position=position):
            is_there = 0 <= position < len(incident.stages)
            return replace(incident, active_stage=position) if is_there else incident
        case StatusUpdated(post_id=post_id, remind_after_s=seconds):
            post = StatusPost(id=post_id, create_at=entry.at)
            posts = (*(one for one in incident.status_posts if one.id != post_id), post)
            return replace(incident, status_posts=posts, previous_reminder_s=seconds)
        case StatusDeleted(post_id=post_id):
            posts = tuple(
                replace(one, delete_at=entry.at) if one.id == post_id else one
                for one in incident.status_posts
            )
            return replace(incident, status_posts=posts)
        case TaskAdded():
            return _with_task_added(incident, entry.payload)
        case _:
            return _with_task_changed(incident, entry)


def _with_task_added(incident: Incident, added: TaskAdded) -> Incident:
    if incident.place_of(TaskId(added.task_id)) is not None:
        return incident
    task = Task(
        id=TaskId(added.task_id),
        title=added.title,
        description=added.description,
        command=added.command,
        state=added.state,
        assignee_id=added.assignee_id,
    )
    stages = tuple(
        replace(stage, tasks=(*stage.tasks, task)) if stage.id == added.stage_id else stage
        for stage in incident.stages
    )
    return replace(incident, stages=stages)


def _with_task_changed(incident: Incident, entry: Entry) -> Incident:
    payload = entry.payload
    if not isinstance(
        payload,
        TaskTicked
        | TaskUnticked
        | TaskInProgress
        | TaskAssigned
        | TaskRun
        | TaskEdited
        | TaskMoved
        | TaskRemoved,
    ):
        return incident
    place = incident.place_of(TaskId(payload.task_id))
    if place is None:
        return incident
    task = incident.task(place)
    match payload:
        case TaskTicked(post_id=post_id):
            task = task.put(TaskState.CLOSED, at=entry.at, post_id=post_id)
        case TaskUnticked(post_id=post_id):
            task = task.put(TaskState.OPEN, at=entry.at, post_id=post_id)
        case TaskInProgress(post_id=post_id):
            task = task.put(TaskState.IN_PROGRESS, at=entry.at, post_id=post_id)
        case TaskAssigned(to_id=to_id, post_id=post_id):
            task = task.assigned(to_id, at=entry.at, post_id=post_id)
        case TaskRun(outcome=outcome, command=command):
            task = task.run(at=entry.at) if outcome is RunOutcome.OK else task
            task = replace(task, command=task.command or command)
        case TaskEdited(to_title=title, to_command=command):
            task = replace(task, title=title, command=command)
        case TaskMoved(to_position=position):
            return _with_task_moved(incident, place, position)
        case TaskRemoved():
            return incident.with_stage(place.stage, incident.stages[place.stage].without(place.task))
    return incident.with_task(place, task)


def _with_task_moved(incident: Incident, place: Place, position: int) -> Incident:
    stage = incident.stages[place.stage]
    if not 0 <= position < len(stage.tasks):
        return incident
    return incident.with_stage(place.stage, stage.reordered(position=place.task, destination=position))
