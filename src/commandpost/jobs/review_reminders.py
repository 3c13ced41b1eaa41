"""Reminding commanders of reviews that are due."""

from collections.abc import Sequence

from commandpost.incidents.actions import review_reminders
from commandpost.incidents.ports import Desk
from commandpost.jobs.due import WhenDue
from commandpost.kernel.clock import Millis


class ReviewReminders(WhenDue):
    """Reminders to publish the review of an incident; half a minute late matters to nobody."""

    async def due(self, desk: Desk, *, limit: int) -> Sequence[str]:
        return await review_reminders.due(desk, limit=limit)

    async def next_due_at(self, desk: Desk) -> Millis | None:
        return await review_reminders.next_due_at(desk)

    async def fire(self, desk: Desk, key: str) -> bool:
        return await review_reminders.fire(desk, key)
