"""Leases: of several servers on one database, one does what is to be done once."""

from commandpost.kernel.clock import Millis
from commandpost.workspace.desk import Desk
from commandpost.workspace.store import leases


async def take(desk: Desk, name: str, *, for_ms: int) -> bool:
    """Whether the work of that name falls to the caller; nobody else gets it for so long."""
    return await leases.take(desk.work, name, now=desk.now, until=Millis(desk.now + for_ms))
