"""Moving an incident to another of its stages."""

from commandpost.incidents import dialogs, wording
from commandpost.incidents.actions import access
from commandpost.incidents.actions.people import usernames
from commandpost.incidents.events import IncidentUpdated
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.timeline import StageChanged
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import changes


async def change(desk: Desk, who: Actor, incident_id: str, position: int) -> Incident:
    """Make another stage the active one, ended incidents included; the same one changes nothing.

    Raises NotAuthorized, IncidentUnknown, StageOutOfRange.
    """
    incident = await access.locked(desk, who, incident_id)
    staged = incident.staged(position)
    if position == incident.active_stage:
        return incident
    names = await usernames(desk, who.user_id)
    desk.tell(IncidentUpdated(incident=staged))
    post = await desk.chat.post_as_bot(
        incident.channel_id,
        wording.stage_changed(
            names[who.user_id], old=incident.active_stage_title, new=staged.active_stage_title
        ),
    )
    entry = _entry(incident, staged, post.id)
    return await changes.save(
        desk.work, incident, staged, actor_id=who.user_id, at=desk.now, payloads=[entry]
    )


async def open_dialog(desk: Desk, who: Actor, incident_id: str, position: int, trigger_id: str) -> None:
    """Ask for confirmation before a stage is left with open tasks.

    Raises NotAuthorized, IncidentUnknown, StageOutOfRange, Invalid.
    """
    incident = await access.opened(desk, who, incident_id)
    incident.staged(position)
    await desk.chat.open_dialog(who.user_id, trigger_id, dialogs.next_stage(incident, position))


def _entry(before: Incident, after: Incident, post_id: str) -> StageChanged:
    left = before.stages[before.active_stage]
    entered = after.stages[after.active_stage]
    return StageChanged(
        from_stage_id=left.id,
        from_position=before.active_stage,
        from_title=left.title,
        to_stage_id=entered.id,
        to_position=after.active_stage,
        to_title=entered.title,
        open_tasks=sum(task.is_open for task in left.tasks),
        post_id=post_id,
    )
