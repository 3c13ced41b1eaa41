"""Queries about servers, and who has a living socket on which of them."""

from collections.abc import Collection

from commandpost.db import Sql, Work
from commandpost.kernel.clock import Millis

_SEEN = Sql("""
    INSERT INTO nodes (id, seen_at) VALUES (:node_id, :at)
    ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at
""")
_PUT = Sql("""
    INSERT INTO attendances (node_id, user_id) VALUES (:node_id, :user_id)
    ON CONFLICT (node_id, user_id) DO NOTHING
""")
_REMOVE = Sql("DELETE FROM attendances WHERE node_id = :node_id AND user_id IN (:user_ids...)")
_ATTENDED = Sql("SELECT DISTINCT user_id FROM attendances WHERE user_id IN (:user_ids...)")
_SILENT = Sql("SELECT id FROM nodes WHERE seen_at < :before AND id <> :but")
_OF_NODES = Sql("SELECT DISTINCT user_id FROM attendances WHERE node_id IN (:node_ids...)")
_BURY_ATTENDANCES = Sql("DELETE FROM attendances WHERE node_id IN (:node_ids...)")
_BURY = Sql("DELETE FROM nodes WHERE id IN (:node_ids...)")


async def seen(work: Work, node_id: str, *, at: Millis) -> None:
    """A server is there."""
    await work.run(_SEEN, node_id=node_id, at=at)


async def put(work: Work, node_id: str, user_ids: Collection[str]) -> None:
    """These users have a living socket on the server."""
    await work.run_many(_PUT, [{"node_id": node_id, "user_id": user_id} for user_id in user_ids])


async def remove(work: Work, node_id: str, user_ids: Collection[str]) -> None:
    """These users have none there any more."""
    await work.run(_REMOVE, node_id=node_id, user_ids=list(user_ids))


async def attended(work: Work, user_ids: Collection[str]) -> set[str]:
    """Those of the users who have a living socket anywhere."""
    return {row["user_id"] for row in await work.all(_ATTENDED, user_ids=list(user_ids))}


async def silent(work: Work, *, before: Millis, but: str) -> list[str]:
    """The servers that said nothing since then."""
    return [row["id"] for row in await work.all(_SILENT, before=before, but=but)]


async def bury(work: Work, node_ids: Collection[str]) -> set[str]:
    """Forget servers; gives who had a socket there."""
    users = {row["user_id"] for row in await work.all(_OF_NODES, node_ids=list(node_ids))}
    await work.run(_BURY_ATTENDANCES, node_ids=list(node_ids))
    await work.run(_BURY, node_ids=list(node_ids))
    return users
