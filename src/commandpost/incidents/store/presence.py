"""When members of ongoing incidents came and went."""

from collections.abc import Collection, Sequence

from commandpost.db import Sql, Work
from commandpost.incidents.model.review.story import PresenceChange
from commandpost.kernel.clock import Millis

_INSERT = Sql("""
    INSERT INTO presence_changes (user_id, at, status) VALUES (:user_id, :at, :status)
    ON CONFLICT (user_id, at) DO UPDATE SET status = excluded.status
""")
_BETWEEN = Sql("""
    SELECT user_id, at, status FROM presence_changes
    WHERE user_id IN (:user_ids...) AND at >= :since AND at <= :until ORDER BY user_id, at
""")


async def insert(work: Work, user_id: str, status: str, *, at: Millis) -> None:
    await work.put(_INSERT, user_id=user_id, status=status, at=at)


async def between(
    work: Work, user_ids: Collection[str], *, since: Millis, until: Millis
) -> Sequence[PresenceChange]:
    """What these users' presence changed to between two moments."""
    rows = await work.all(_BETWEEN, user_ids=sorted(user_ids), since=since, until=until)
    return [
        PresenceChange(user_id=row["user_id"], at=Millis(row["at"]), status=row["status"]) for row in rows
    ]
