"""The pending reminders: at most one for an incident."""

from collections.abc import Sequence

from commandpost.db import Sql, Work
from commandpost.kernel.clock import Millis

_SET = Sql("""
    INSERT INTO reminders (incident_id, due_at) VALUES (:incident_id, :due_at)
    ON CONFLICT (incident_id) DO UPDATE SET due_at = excluded.due_at
""")
_SET_FIRST = Sql("""
    INSERT INTO reminders (incident_id, due_at) VALUES (:incident_id, :due_at)
    ON CONFLICT (incident_id) DO NOTHING
""")
_CANCEL = Sql("DELETE FROM reminders WHERE incident_id = :incident_id")
_TAKE = Sql("DELETE FROM reminders WHERE incident_id = :incident_id AND due_at <= :now RETURNING due_at")
_DUE = Sql("SELECT incident_id FROM reminders WHERE due_at <= :now ORDER BY due_at, incident_id LIMIT :limit")
_OF = Sql("SELECT due_at FROM reminders WHERE incident_id = :incident_id")
_NEXT = Sql("SELECT min(due_at) FROM reminders")


async def set_due(work: Work, incident_id: str, due_at: Millis) -> None:
    """Set the reminder of a locked incident, in place of the one pending."""
    await work.put(_SET, incident_id=incident_id, due_at=due_at)


async def set_due_if_none(work: Work, incident_id: str, due_at: Millis) -> None:
    """Set the reminder of a locked incident unless one is pending."""
    await work.put(_SET_FIRST, incident_id=incident_id, due_at=due_at)


async def cancel(work: Work, incident_id: str) -> None:
    """Forget the pending reminder of a locked incident, if there is one."""
    await work.put(_CANCEL, incident_id=incident_id)


async def take(work: Work, incident_id: str, *, now: Millis) -> Millis | None:
    """When the reminder of a locked incident was due, taking it; None if it is not due (any more)."""
    return await work.value(_TAKE, incident_id=incident_id, now=now)


async def due_at(work: Work, incident_id: str) -> Millis | None:
    """When the reminder of an incident will be due, or was; None if it has none pending."""
    return await work.value(_OF, incident_id=incident_id)


async def due(work: Work, *, now: Millis, limit: int) -> Sequence[str]:
    """The incidents whose reminders are due, the longest waiting first."""
    return [row["incident_id"] for row in await work.all(_DUE, now=now, limit=limit)]


async def next_due_at(work: Work) -> Millis | None:
    """When the next reminder will be due, or was; None if none is pending."""
    return await work.value(_NEXT)
