"""The follow-ups of incidents: a row each. To change one, lock its incident first."""

from collections.abc import Sequence

from commandpost.db import Row, Sql, Work
from commandpost.incidents.model.follow_up import FollowUp, Ticket, Wanted
from commandpost.kernel.clock import Millis

_COLUMNS = (
    "title",
    "assignee_id",
    "due_at",
    "done_at",
    "version",
    "created_by",
    "create_at",
    "update_at",
    "ticket_tool",
    "ticket_reference",
    "ticket_url",
    "ticket_begun_at",
    "ticket_may_be_there",
)
_READ = f"SELECT id, incident_id, {', '.join(_COLUMNS)} FROM follow_ups"
_OF_INCIDENT = Sql(f"{_READ} WHERE incident_id = :incident_id ORDER BY create_at, id")
_FOUND = Sql(f"{_READ} WHERE incident_id = :incident_id AND id = :id")
_SAVE = Sql(f"""
    INSERT INTO follow_ups (id, incident_id, {", ".join(_COLUMNS)})
    VALUES (:id, :incident_id, {", ".join(f":{name}" for name in _COLUMNS)})
    ON CONFLICT (id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}
""")
_DELETE = Sql("DELETE FROM follow_ups WHERE id = :id")


async def of_incident(work: Work, incident_id: str) -> Sequence[FollowUp]:
    """All follow-ups of an incident, oldest first."""
    return [_follow_up(row) for row in await work.all(_OF_INCIDENT, incident_id=incident_id)]


async def found(work: Work, incident_id: str, follow_up_id: str) -> FollowUp | None:
    """A follow-up of an incident, or None."""
    row = await work.one(_FOUND, incident_id=incident_id, id=follow_up_id)
    return _follow_up(row) if row else None


async def save(work: Work, one: FollowUp) -> None:
    """Save a new or a changed follow-up."""
    ticket = one.ticket
    await work.put(
        _SAVE,
        id=one.id,
        incident_id=one.incident_id,
        title=one.wanted.title,
        assignee_id=one.wanted.assignee_id,
        due_at=one.wanted.due_at,
        done_at=one.done_at,
        version=one.version,
        created_by=one.created_by,
        create_at=one.create_at,
        update_at=one.update_at,
        ticket_tool=ticket.tool if ticket else "",
        ticket_reference=ticket.reference if ticket else "",
        ticket_url=ticket.url if ticket else "",
        ticket_begun_at=one.ticket_begun_at,
        ticket_may_be_there=one.ticket_may_be_there,
    )


async def delete(work: Work, follow_up_id: str) -> None:
    """Delete a follow-up for good."""
    await work.put(_DELETE, id=follow_up_id)


def _follow_up(row: Row) -> FollowUp:
    return FollowUp(
        id=row["id"],
        incident_id=row["incident_id"],
        wanted=Wanted(title=row["title"], assignee_id=row["assignee_id"], due_at=Millis(row["due_at"])),
        version=row["version"],
        done_at=Millis(row["done_at"]),
        created_by=row["created_by"],
        create_at=Millis(row["create_at"]),
        update_at=Millis(row["update_at"]),
        ticket=_ticket(row),
        ticket_begun_at=Millis(row["ticket_begun_at"]),
        ticket_may_be_there=bool(row["ticket_may_be_there"]),
    )


def _ticket(row: Row) -> Ticket | None:
    if not row["ticket_url"]:
        return None
    return Ticket(tool=row["ticket_tool"], reference=row["ticket_reference"], url=row["ticket_url"])
