"""What members do with tasks: tick, assign, add, edit, move, delete.

A task is addressed by its place, which is looked up once the incident is locked; who also says which task is
meant never hits its neighbour. All of it works on ended incidents too. Every action raises NotAuthorized,
IncidentUnknown, StageUnknown, TaskUnknown and, if the task meant was deleted, TaskGone.
"""

from commandpost.incidents import wording
from commandpost.incidents.actions import access
from commandpost.incidents.actions.people import usernames
from commandpost.incidents.events import IncidentUpdated
from commandpost.incidents.model.ids import TaskId
from commandpost.incidents.model.incident import Incident, Place
from commandpost.incidents.model.task import NewTask, Task, TaskState
from commandpost.incidents.model.timeline import (
    Payload,
    TaskAdded,
    TaskAssigned,
    TaskEdited,
    TaskInProgress,
    TaskMoved,
    TaskRemoved,
    TaskTicked,
    TaskUnticked,
)
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import changes, members
from commandpost.kernel.errors import Invalid
from commandpost.kernel.ids import new_id

_STATE_ENTRIES = {
    TaskState.CLOSED: TaskTicked,
    TaskState.OPEN: TaskUnticked,
    TaskState.IN_PROGRESS: TaskInProgress,
}


class AssigneeNotMember(Invalid):
    """Only members of the incident channel can be assigned a task."""

    code = "task.assignee_not_member"


async def put(desk: Desk, who: Actor, incident_id: str, place: Place, state: TaskState) -> Incident:
    """Put a task into a state: tick it, take the tick away, take it up. The same state changes nothing."""
    incident = await access.locked(desk, who, incident_id)
    place = incident.placed(place)
    task = incident.task(place)
    if task.state is state:
        return incident
    names = await usernames(desk, who.user_id)
    post = await desk.chat.post_as_bot(
        incident.channel_id, wording.task_put(names[who.user_id], task.title, state)
    )
    entry = _STATE_ENTRIES[state](
        stage_id=incident.stage(place.stage).id,
        task_id=task.id,
        title=task.title,
        from_state=task.state,
        post_id=post.id,
    )
    changed = incident.with_task(place, task.put(state, at=desk.now, post_id=post.id))
    return await _saved(desk, who, incident, changed, entry)


async def toggle(desk: Desk, who: Actor, incident_id: str, place: Place) -> Incident:
    """Tick an open task; open one that is ticked or taken up."""
    incident = await access.locked(desk, who, incident_id)
    place = incident.placed(place)
    state = TaskState.CLOSED if incident.task(place).is_open else TaskState.OPEN
    return await put(desk, who, incident_id, place, state)


async def assign(desk: Desk, who: Actor, incident_id: str, place: Place, assignee_id: str) -> Incident:
    """Give a task to a member of the channel, or to nobody (""); the same assignee changes nothing.

    Raises AssigneeNotMember.
    """
    incident = await access.locked(desk, who, incident_id)
    place = incident.placed(place)
    task = incident.task(place)
    if task.assignee_id == assignee_id:
        return incident
    await _check_assignee(desk, incident, assignee_id)
    names = await usernames(desk, who.user_id, task.assignee_id, assignee_id)
    post = await desk.chat.post_as_bot(
        incident.channel_id,
        wording.task_assigned(
            names[who.user_id], task.title, old=names[task.assignee_id], new=names[assignee_id]
        ),
    )
    entry = TaskAssigned(
        stage_id=incident.stage(place.stage).id,
        task_id=task.id,
        title=task.title,
        from_id=task.assignee_id,
        to_id=assignee_id,
        post_id=post.id,
    )
    changed = incident.with_task(place, task.assigned(assignee_id, at=desk.now, post_id=post.id))
    return await _saved(desk, who, incident, changed, entry)


async def add(desk: Desk, who: Actor, incident_id: str, stage_position: int, new: NewTask) -> Incident:
    """Add a task at the end of a stage.

    Raises TaskTitleMissing, TextTooLong, TextUnstorable, AssigneeNotMember, StageFull.
    """
    incident = await access.locked(desk, who, incident_id)
    stage = incident.stage(stage_position)
    kept = new.checked()
    await _check_assignee(desk, incident, kept.assignee_id)
    task = Task(
        id=TaskId(new_id()),
        title=kept.title,
        description=kept.description,
        command=kept.command,
        state=kept.state,
        assignee_id=kept.assignee_id,
    )
    entry = TaskAdded(
        stage_id=stage.id,
        task_id=task.id,
        position=len(stage.tasks),
        title=task.title,
        description=task.description,
        command=task.command,
        state=task.state,
        assignee_id=task.assignee_id,
    )
    changed = incident.with_stage(stage_position, stage.extended(task))
    return await _saved(desk, who, incident, changed, entry)


async def edit(
    desk: Desk, who: Actor, incident_id: str, place: Place, *, title: str, command: str
) -> Incident:
    """Set the title and the command of a task, both together. Raises TextTooLong, TextUnstorable."""
    incident = await access.locked(desk, who, incident_id)
    place = incident.placed(place)
    task = incident.task(place)
    edited = task.edited(title=title, command=command)
    if edited == task:
        return incident
    entry = TaskEdited(
        stage_id=incident.stage(place.stage).id,
        task_id=task.id,
        from_title=task.title,
        to_title=edited.title,
        from_command=task.command,
        to_command=edited.command,
    )
    return await _saved(desk, who, incident, incident.with_task(place, edited), entry)


async def move(desk: Desk, who: Actor, incident_id: str, place: Place, destination: int) -> Incident:
    """Move a task within its stage: taken out, then put in at `destination`. Raises MoveOutOfRange."""
    incident = await access.locked(desk, who, incident_id)
    place = incident.placed(place)
    stage = incident.stage(place.stage)
    reordered = stage.reordered(position=place.task, destination=destination)
    if reordered == stage:
        return incident
    task = stage.tasks[place.task]
    entry = TaskMoved(
        stage_id=stage.id,
        task_id=task.id,
        title=task.title,
        from_position=place.task,
        to_position=destination,
    )
    return await _saved(desk, who, incident, incident.with_stage(place.stage, reordered), entry)


async def remove(desk: Desk, who: Actor, incident_id: str, place: Place) -> Incident:
    """Delete a task."""
    incident = await access.locked(desk, who, incident_id)
    place = incident.placed(place)
    task = incident.task(place)
    stage = incident.stage(place.stage)
    entry = TaskRemoved(
        stage_id=stage.id, task_id=task.id, position=place.task, title=task.title, state=task.state
    )
    changed = incident.with_stage(place.stage, stage.without(place.task))
    return await _saved(desk, who, incident, changed, entry)


async def _check_assignee(desk: Desk, incident: Incident, assignee_id: str) -> None:
    if assignee_id and not await members.is_present(desk.work, incident.id, assignee_id):
        raise AssigneeNotMember


async def _saved(desk: Desk, who: Actor, before: Incident, after: Incident, entry: Payload) -> Incident:
    saved = await changes.save(desk.work, before, after, actor_id=who.user_id, at=desk.now, payloads=[entry])
    desk.tell(IncidentUpdated(incident=saved))
    return saved
