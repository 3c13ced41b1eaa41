"""Firing reminders when they are due, and those that fell due while no server ran."""

from collections.abc import Sequence

from commandpost.incidents.actions import reminders
from commandpost.incidents.events import ReminderSet
from commandpost.incidents.ports import Desk
from commandpost.jobs.due import WhenDue
from commandpost.kernel.clock import Millis


class Reminders(WhenDue):
    """Reminders to post a status update."""

    def hear(self, fact: object) -> None:
        """Take note of a committed fact: a reminder that was set may be due before all others."""
        if isinstance(fact, ReminderSet):
            self.wake()

    async def due(self, desk: Desk, *, limit: int) -> Sequence[str]:
        return await reminders.due(desk, limit=limit)

    async def next_due_at(self, desk: Desk) -> Millis | None:
        return await reminders.next_due_at(desk)

    async def fire(self, desk: Desk, key: str) -> bool:
        return await reminders.fire(desk, key)
