"""How much sources of alerts have used of what they may send, on all servers together."""

from commandpost.db import Sql, Work
from commandpost.kernel.clock import Millis

_OPEN = Sql(
    "INSERT INTO alert_allowances (source_id, used_until) VALUES (:source_id, :now)"
    " ON CONFLICT (source_id) DO NOTHING"
)
_FOUND = "SELECT used_until FROM alert_allowances WHERE source_id = :source_id"
_USED_UNTIL = Sql(_FOUND, postgresql=f"{_FOUND} FOR UPDATE")
_USE = Sql("UPDATE alert_allowances SET used_until = :used_until WHERE source_id = :source_id")


async def used_until(work: Work, source_id: str, *, now: Millis) -> int:
    """Up to when a source has used up what it may send; nobody else uses more of it until this work ends."""
    await work.run(_OPEN, source_id=source_id, now=now)
    return await work.value(_USED_UNTIL, source_id=source_id)


async def use(work: Work, source_id: str, *, until: int) -> None:
    """Store it."""
    await work.run(_USE, source_id=source_id, used_until=until)
