"""Mailing digests to those who want them, in their morning."""

from collections.abc import Sequence

from commandpost.incidents.actions import digests
from commandpost.incidents.ports import Desk
from commandpost.jobs.due import WhenDue
from commandpost.kernel.clock import Millis


class Digests(WhenDue):
    """Digests, named by their receivers; half a minute late matters to nobody."""

    async def due(self, desk: Desk, *, limit: int) -> Sequence[str]:
        return await digests.due(desk, limit=limit)

    async def next_due_at(self, desk: Desk) -> Millis | None:
        return await digests.next_due_at(desk)

    async def fire(self, desk: Desk, key: str) -> bool:
        return await digests.send(desk, key)
