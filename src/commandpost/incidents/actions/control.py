"""The control post: how an incident stands, with buttons, for channels without screens of ours."""

from datetime import UTC, datetime

from commandpost.incidents import dialogs, wording
from commandpost.incidents.actions import access, end, stages, status, tasks
from commandpost.incidents.model.ids import TaskId
from commandpost.incidents.model.incident import Incident, Place
from commandpost.incidents.model.task import TaskState
from commandpost.incidents.ports import Actor, Attachment, AttachmentField, Button, Desk
from commandpost.incidents.store import incidents, reminders
from commandpost.kernel.clock import SECOND_MS, Millis

_TICKED_BY_BUTTONS = 3
"""Open tasks of the active stage that have a button."""
_LONGEST_TITLE = 40


async def ongoing(desk: Desk) -> list[str]:
    """The ids of the incidents under way."""
    return await incidents.ongoing_ids(desk.work)


async def shown(desk: Desk, incident_id: str) -> tuple[str, Attachment, str] | None:
    """The channel, what the post in it shows and its heading; None if there is no such incident."""
    found = await incidents.found(desk.work, incident_id, viewer_id="")
    if found is None:
        return None
    incident = found.incident
    names = await desk.chat.usernames({incident.commander_id})
    due_at = await reminders.due_at(desk.work, incident_id)
    fields = [
        AttachmentField(title=wording.CONTROL_STAGE, value=_stage(incident), short=True),
        AttachmentField(
            title=wording.CONTROL_COMMANDER, value=names.get(incident.commander_id, "unknown"), short=True
        ),
        AttachmentField(title=wording.CONTROL_TASKS, value=_tasks(incident), short=True),
        AttachmentField(
            title=wording.CONTROL_UPDATE, value=_next_update(incident, due_at, desk.now), short=True
        ),
    ]
    attachment = Attachment(fields=tuple(fields), actions=tuple(_buttons(incident)))
    return incident.channel_id, attachment, wording.control(incident.name, is_active=incident.is_active)


async def press_stage(desk: Desk, who: Actor, incident_id: str, trigger_id: str) -> None:
    """To the next stage, with a question first if tasks of the active one are open.

    Raises NotAuthorized, IncidentUnknown, StageOutOfRange, Invalid.
    """
    incident = await access.opened(desk, who, incident_id)
    active = incident.stage(incident.active_stage)
    position = incident.active_stage + 1
    if any(task.is_open for task in active.tasks):
        await stages.open_dialog(desk, who, incident_id, position, trigger_id)
    else:
        await stages.change(desk, who, incident_id, position)


async def press_tick(desk: Desk, who: Actor, incident_id: str, task_id: str) -> None:
    """Tick a task; one that is ticked stays so. Raises NotAuthorized, IncidentUnknown, TaskGone."""
    place = Place(stage=0, task=0, meant=TaskId(task_id))
    await tasks.put(desk, who, incident_id, place, TaskState.CLOSED)


async def press_update(desk: Desk, who: Actor, incident_id: str, trigger_id: str) -> None:
    """Show the dialog for a status update. Raises as `status.open_dialog` does."""
    await status.open_dialog(desk, who, incident_id, trigger_id)


async def press_end(desk: Desk, who: Actor, incident_id: str, trigger_id: str) -> None:
    """Ask before the end. Raises as `end.open_dialog` does."""
    await end.open_dialog(desk, who, incident_id, trigger_id)


async def press_restart(desk: Desk, who: Actor, incident_id: str) -> None:
    """Make it ongoing again. Raises as `end.restart` does."""
    await end.restart(desk, who, incident_id)


def _stage(incident: Incident) -> str:
    if not incident.stages:
        return wording.CONTROL_NONE
    return wording.control_stage(
        incident.active_stage_title, number=incident.active_stage + 1, of=len(incident.stages)
    )


def _tasks(incident: Incident) -> str:
    every = [task for stage in incident.stages for task in stage.tasks]
    return wording.control_tasks(sum(task.is_open for task in every), of=len(every))


def _next_update(incident: Incident, due_at: Millis | None, now: Millis) -> str:
    if not incident.is_active:
        return wording.CONTROL_NONE
    if incident.reminder_post_id or (due_at is not None and due_at <= now):
        return wording.CONTROL_OVERDUE
    if due_at is None:
        return wording.CONTROL_NONE
    return f"{datetime.fromtimestamp(due_at / SECOND_MS, UTC):%Y-%m-%d %H:%M} UTC"


def _buttons(incident: Incident) -> list[Button]:
    if not incident.is_active:
        return [_button(incident, wording.CONTROL_RESTART, "restart")]
    buttons = [_button(incident, wording.UPDATE_STATUS, "update")]
    if incident.stages:
        open_ones = [task for task in incident.stage(incident.active_stage).tasks if task.is_open]
        buttons += [
            _button(incident, wording.control_tick(task.title, longest=_LONGEST_TITLE), f"tick/{task.id}")
            for task in open_ones[:_TICKED_BY_BUTTONS]
        ]
        if incident.active_stage + 1 < len(incident.stages):
            buttons.append(_button(incident, wording.CONTROL_NEXT_STAGE, "stage"))
    return [*buttons, _button(incident, wording.CONTROL_END, "end")]


def _button(incident: Incident, name: str, deed: str) -> Button:
    return Button(name=name, url=dialogs.incident_url(incident.id, f"control/{deed}"))
