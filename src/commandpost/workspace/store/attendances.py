"""Queries about servers, and who has a living socket on which of them."""

from collections.abc import Collection, Mapping

from commandpost.db import Sql, Work
from commandpost.kernel.clock import Millis

_SEEN = Sql("UPDATE nodes SET seen_at = :at WHERE id = :node_id")
_FIRST_SEEN = Sql("INSERT INTO nodes (id, seen_at) VALUES (:node_id, :at)")
_PUT = Sql("""
    INSERT INTO attendances (node_id, user_id) VALUES (:node_id, :user_id)
    ON CONFLICT (node_id, user_id) DO NOTHING
""")
_REMOVE = Sql("DELETE FROM attendances WHERE node_id = :node_id AND user_id IN (:user_ids...)")
_ATTENDED = Sql("SELECT DISTINCT user_id FROM attendances WHERE user_id IN (:user_ids...)")
_OTHERS = Sql("SELECT id, seen_at FROM nodes WHERE id <> :but")
_LOCKED = Sql(
    "SELECT id, seen_at FROM nodes WHERE id IN (:node_ids...)",
    postgresql="SELECT id, seen_at FROM nodes WHERE id IN (:node_ids...) ORDER BY id FOR UPDATE",
)
_OF_NODES = Sql("SELECT DISTINCT user_id FROM attendances WHERE node_id IN (:node_ids...)")
_BURY_ATTENDANCES = Sql("DELETE FROM attendances WHERE node_id IN (:node_ids...)")
_BURY = Sql("DELETE FROM nodes WHERE id IN (:node_ids...)")


async def seen(work: Work, node_id: str, *, at: Millis) -> bool:
    """A server is there; gives whether it was known."""
    is_known = await work.run(_SEEN, node_id=node_id, at=at) > 0
    if not is_known:
        await work.run(_FIRST_SEEN, node_id=node_id, at=at)
    return is_known


async def put(work: Work, node_id: str, user_ids: Collection[str]) -> None:
    """These users have a living socket on the server."""
    await work.run_many(_PUT, [{"node_id": node_id, "user_id": user_id} for user_id in user_ids])


async def remove(work: Work, node_id: str, user_ids: Collection[str]) -> None:
    """These users have none there any more."""
    await work.run(_REMOVE, node_id=node_id, user_ids=list(user_ids))


async def attended(work: Work, user_ids: Collection[str]) -> set[str]:
    """Those of the users who have a living socket anywhere."""
    return {row["user_id"] for row in await work.all(_ATTENDED, user_ids=list(user_ids))}


async def others(work: Work, *, but: str) -> dict[str, Millis]:
    """When the other servers said that they are there, each by its own clock."""
    return {row["id"]: Millis(row["seen_at"]) for row in await work.all(_OTHERS, but=but)}


async def bury(work: Work, nodes: Mapping[str, Millis]) -> set[str]:
    """Forget those servers that said nothing since; gives who had a socket there."""
    last = await work.all(_LOCKED, node_ids=list(nodes))
    node_ids = [row["id"] for row in last if row["seen_at"] == nodes[row["id"]]]
    users = {row["user_id"] for row in await work.all(_OF_NODES, node_ids=node_ids)}
    await work.run(_BURY_ATTENDANCES, node_ids=node_ids)
    await work.run(_BURY, node_ids=node_ids)
    return users
