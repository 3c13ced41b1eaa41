"""Queries about leases: work that one server does, whichever comes first, and no other until they run out."""

from commandpost.db import Sql, Work

_TAKE = Sql(
    "INSERT INTO leases (name, until) VALUES (:name, :until)"
    " ON CONFLICT (name) DO UPDATE SET until = excluded.until WHERE leases.until <= :now"
)


async def take(work: Work, name: str, *, now: int, until: int) -> bool:
    """Whether the work of that name is the caller's now. Nobody else gets it before the lease runs out."""
    return await work.run(_TAKE, name=name, now=now, until=until) > 0
