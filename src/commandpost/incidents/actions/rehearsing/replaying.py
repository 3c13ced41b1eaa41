"""Replaying a rehearsal: each step when it is due, as a prompt in the practice channel."""

from collections.abc import Sequence
from dataclasses import replace

from commandpost.incidents import wording
from commandpost.incidents.actions.rehearsing.beginning import practised
from commandpost.incidents.events import IncidentUpdated, ReminderSet
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.rehearsal.script import Rehearsal, Step
from commandpost.incidents.model.timeline import RehearsalStep
from commandpost.incidents.ports import Desk
from commandpost.incidents.store import changes, incidents, log, rehearsals, reminders
from commandpost.kernel.clock import NEVER, SECOND_MS, Millis

_TITLE_LIMIT = 200


async def due(desk: Desk, *, limit: int) -> Sequence[str]:
    """The incidents in which a step is due, the longest waiting first."""
    return await rehearsals.due(desk.work, now=desk.now, limit=limit)


async def next_due_at(desk: Desk) -> Millis | None:
    """When the next step will be due, or was; None if none is pending."""
    return await rehearsals.next_due_at(desk.work)


async def fire(desk: Desk, incident_id: str) -> bool:
    """Replay the next step of a rehearsal if it is due; False if another node was faster.

    The step is posted, logged and done with in one unit of work. It is logged as of when it was due, so that
    the same rehearsal gives the same log.
    """
    found = await incidents.locked(desk.work, incident_id, viewer_id="")
    rehearsal = await rehearsals.found(desk.work, incident_id)
    if found is None or rehearsal is None or not rehearsal.due_at or rehearsal.due_at > desk.now:
        return False
    step = rehearsal.next_step
    if step is None or not found.incident.is_active:
        await rehearsals.stop(desk.work, incident_id)
        return False
    await _replay(desk, found.incident, rehearsal, step)
    moved = replace(rehearsal, position=rehearsal.position + 1)
    following = moved.next_step
    await rehearsals.move(desk.work, moved, due_at=moved.due(following) if following else NEVER)
    return True


async def close(desk: Desk, incident: Incident) -> None:
    """Replay nothing more in a locked incident that has ended, and post how it compares with the original."""
    rehearsal = await rehearsals.found(desk.work, incident.id)
    if rehearsal is None:
        return
    await rehearsals.stop(desk.work, incident.id)
    score = wording.score_sheet(rehearsal.script.original, await practised(desk, incident, rehearsal))
    await desk.chat.post_as_bot(incident.channel_id, score)


async def moment(desk: Desk, incident: Incident, due_at: Millis) -> Millis:
    """When something that was due then is logged: then, in practice, but after all that is logged already."""
    return max(due_at, await log.newest_at(desk.work, incident.id)) if incident.is_practice else desk.now


async def remind_after_ms(desk: Desk, incident: Incident, seconds: int) -> int:
    """How long a reminder waits: in practice time passes faster."""
    speed = await rehearsals.speed(desk.work, incident.id) if incident.is_practice else 1
    return seconds * SECOND_MS // speed


async def _replay(desk: Desk, incident: Incident, rehearsal: Rehearsal, step: Step) -> None:
    at = await moment(desk, incident, rehearsal.due(step))
    post = await desk.chat.post_as_bot(incident.channel_id, wording.rehearsal_step(step))
    entry = RehearsalStep(
        number=rehearsal.position + 1,
        step=step.kind.value,
        after_ms=step.after_ms,
        title=step.text[:_TITLE_LIMIT] if step.kind.has_title else "",
        post_id=post.id,
    )
    if step.remind_after_s:
        reminder_at = Millis(at + rehearsal.hurried_ms(step.remind_after_s))
        await reminders.set_due_if_none(desk.work, incident.id, reminder_at)
        desk.tell(ReminderSet(incident_id=incident.id, due_at=reminder_at))
    saved = await changes.save(desk.work, incident, incident, actor_id="", at=at, payloads=[entry])
    desk.tell(IncidentUpdated(incident=saved))
