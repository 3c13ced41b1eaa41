"""Replaying rehearsals."""

from collections.abc import Sequence

from commandpost.incidents.actions.rehearsing import replaying
from commandpost.incidents.events import RehearsalSet
from commandpost.incidents.ports import Desk
from commandpost.jobs.due import WhenDue
from commandpost.kernel.clock import Millis


class Rehearsals(WhenDue):
    """The next step of each rehearsal, when it is due."""

    def hear(self, fact: object) -> None:
        """Take note of a committed fact: a step of a new rehearsal may be due before all others."""
        if isinstance(fact, RehearsalSet):
            self.wake()

    async def due(self, desk: Desk, *, limit: int) -> Sequence[str]:
        return await replaying.due(desk, limit=limit)

    async def next_due_at(self, desk: Desk) -> Millis | None:
        return await replaying.next_due_at(desk)

    async def fire(self, desk: Desk, key: str) -> bool:
        return await replaying.fire(desk, key)
