"""Follow-ups of an incident: added, changed, done, removed.

Every action raises NotAuthorized and IncidentUnknown; those about one, FollowUpUnknown and FollowUpChanged.
"""

from collections.abc import Sequence

from commandpost.incidents.actions import access
from commandpost.incidents.actions.review_log import note
from commandpost.incidents.actions.tasks import AssigneeNotMember
from commandpost.incidents.model.follow_up import (
    MOST,
    FollowUp,
    FollowUpUnknown,
    TooManyFollowUps,
    Wanted,
)
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.timeline import (
    FollowUpAdded,
    FollowUpChanged,
    FollowUpDone,
    FollowUpRemoved,
    FollowUpReopened,
)
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import follow_ups, members
from commandpost.kernel.ids import new_id


async def listed(desk: Desk, who: Actor, incident_id: str) -> Sequence[FollowUp]:
    """All of them, oldest first."""
    incident = await access.opened(desk, who, incident_id, Act.VIEW_INCIDENT)
    return await follow_ups.of_incident(desk.work, incident.id)


async def add(desk: Desk, who: Actor, incident_id: str, wanted: Wanted) -> FollowUp:
    """Raises TooManyFollowUps, AssigneeNotMember, FollowUpUntitled, DueDateInvalid, TextTooLong."""
    incident = await access.locked(desk, who, incident_id)
    if len(await follow_ups.of_incident(desk.work, incident.id)) >= MOST:
        raise TooManyFollowUps
    await _check_assignee(desk, incident, wanted.assignee_id)
    added = FollowUp(
        id=new_id(),
        incident_id=incident.id,
        wanted=wanted.checked(),
        created_by=who.user_id,
        create_at=desk.now,
        update_at=desk.now,
    )
    await follow_ups.save(desk.work, added)
    entry = FollowUpAdded(
        follow_up_id=added.id,
        title=added.wanted.title,
        assignee_id=added.wanted.assignee_id,
        due_at=added.wanted.due_at,
    )
    await note(desk, who, incident, entry)
    return added


async def change(
    desk: Desk, who: Actor, incident_id: str, follow_up_id: str, wanted: Wanted, *, seen_version: int
) -> FollowUp:
    """Raises AssigneeNotMember, FollowUpUntitled, DueDateInvalid, TextTooLong."""
    incident, one = await _locked(desk, who, incident_id, follow_up_id, seen_version)
    if wanted.assignee_id != one.wanted.assignee_id:
        await _check_assignee(desk, incident, wanted.assignee_id)
    changed = one.changed(wanted.checked(), at=desk.now)
    await follow_ups.save(desk.work, changed)
    entry = FollowUpChanged(
        follow_up_id=changed.id,
        title=changed.wanted.title,
        assignee_id=changed.wanted.assignee_id,
        due_at=changed.wanted.due_at,
    )
    await note(desk, who, incident, entry)
    return changed


async def finish(
    desk: Desk, who: Actor, incident_id: str, follow_up_id: str, *, seen_version: int
) -> FollowUp:
    """It is done; one that was done already stays as it is."""
    incident, one = await _locked(desk, who, incident_id, follow_up_id, seen_version)
    done = one.done(at=desk.now)
    if done is not one:
        await follow_ups.save(desk.work, done)
        await note(desk, who, incident, FollowUpDone(follow_up_id=one.id, title=one.wanted.title))
    return done


async def reopen(
    desk: Desk, who: Actor, incident_id: str, follow_up_id: str, *, seen_version: int
) -> FollowUp:
    """It is not done after all."""
    incident, one = await _locked(desk, who, incident_id, follow_up_id, seen_version)
    reopened = one.reopened(at=desk.now)
    if reopened is not one:
        await follow_ups.save(desk.work, reopened)
        await note(desk, who, incident, FollowUpReopened(follow_up_id=one.id, title=one.wanted.title))
    return reopened


async def remove(desk: Desk, who: Actor, incident_id: str, follow_up_id: str, *, seen_version: int) -> None:
    """It need not be done; a ticket stays where it is. Raises TicketBeingMade."""
    incident, one = await _locked(desk, who, incident_id, follow_up_id, seen_version)
    one.check_no_ticket_is_made(at=desk.now)
    await follow_ups.delete(desk.work, one.id)
    await note(desk, who, incident, FollowUpRemoved(follow_up_id=one.id, title=one.wanted.title))


async def _locked(
    desk: Desk, who: Actor, incident_id: str, follow_up_id: str, seen_version: int
) -> tuple[Incident, FollowUp]:
    incident = await access.locked(desk, who, incident_id)
    one = await follow_ups.found(desk.work, incident.id, follow_up_id)
    if one is None:
        raise FollowUpUnknown
    one.check_version(seen_version)
    return incident, one


async def _check_assignee(desk: Desk, incident: Incident, assignee_id: str) -> None:
    if assignee_id and not await members.is_present(desk.work, incident.id, assignee_id):
        raise AssigneeNotMember
