"""Queries about who is there."""

from collections.abc import Sequence

from commandpost.db import Row, Sql, Work
from commandpost.workspace.model.status import Presence, Status

_COLUMNS = "user_id, status, manual, last_activity_at, dnd_end_at, before_dnd"
_OF_USER = Sql(
    f"SELECT {_COLUMNS} FROM statuses WHERE user_id = :user_id",
    postgresql=f"SELECT {_COLUMNS} FROM statuses WHERE user_id = :user_id FOR UPDATE",
)
_OF_USERS = Sql(f"SELECT {_COLUMNS} FROM statuses WHERE user_id IN (:user_ids...)")
_PRESENT = Sql(f"SELECT {_COLUMNS} FROM statuses WHERE status <> 'offline' ORDER BY user_id LIMIT :limit")
_PUT = Sql(
    f"INSERT INTO statuses ({_COLUMNS})"
    " VALUES (:user_id, :status, :manual, :last_activity_at, :dnd_end_at, :before_dnd)"
    " ON CONFLICT (user_id) DO UPDATE SET status = excluded.status, manual = excluded.manual,"
    " last_activity_at = excluded.last_activity_at, dnd_end_at = excluded.dnd_end_at,"
    " before_dnd = excluded.before_dnd"
)
_ADD = Sql(
    "INSERT INTO statuses (user_id, status) VALUES (:user_id, 'offline') ON CONFLICT (user_id) DO NOTHING"
)
_NOBODY_PRESENT = Sql("UPDATE statuses SET status = 'offline' WHERE status <> 'offline' AND manual = FALSE")


async def locked(work: Work, user_id: str) -> Status:
    """A user's status, to be changed by this work alone; offline if they never came."""
    row = await work.one(_OF_USER, user_id=user_id)
    if row is None:  # What is not there cannot be locked, and another work may be about to add it.
        await work.run(_ADD, user_id=user_id)
        row = await work.one(_OF_USER, user_id=user_id)
    return _status_of(row) if row else Status(user_id=user_id)


async def of_users(work: Work, user_ids: Sequence[str]) -> dict[str, Status]:
    """The statuses of those users who ever came."""
    rows = await work.all(_OF_USERS, user_ids=list(user_ids))
    return {row["user_id"]: _status_of(row) for row in rows}


async def present(work: Work, *, limit: int) -> list[Status]:
    """Everybody who is not offline."""
    return [_status_of(row) for row in await work.all(_PRESENT, limit=limit)]


async def put(work: Work, status: Status) -> None:
    """Store a user's status."""
    await work.run(
        _PUT,
        user_id=status.user_id,
        status=status.status.value,
        manual=status.manual,
        last_activity_at=status.last_activity_at,
        dnd_end_at=status.dnd_end_at,
        before_dnd=status.before_dnd.value,
    )


async def nobody_present(work: Work) -> None:
    """Note that nobody is connected (the server starts); what was chosen by hand stays."""
    await work.run(_NOBODY_PRESENT)


def _status_of(row: Row) -> Status:
    return Status(
        user_id=row["user_id"],
        status=Presence(row["status"]),
        manual=bool(row["manual"]),
        last_activity_at=row["last_activity_at"],
        dnd_end_at=row["dnd_end_at"],
        before_dnd=Presence(row["before_dnd"] or "offline"),
    )
