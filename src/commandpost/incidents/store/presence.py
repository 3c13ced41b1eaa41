"""When members of ongoing incidents came and went."""

from commandpost.db import Sql, Work
from commandpost.kernel.clock import Millis

_INSERT = Sql("""
    INSERT INTO presence_changes (user_id, at, status) VALUES (:user_id, :at, :status)
    ON CONFLICT (user_id, at) DO UPDATE SET status = excluded.status
""")


async def insert(work: Work, user_id: str, status: str, *, at: Millis) -> None:
    await work.put(_INSERT, user_id=user_id, status=status, at=at)
