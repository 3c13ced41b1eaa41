"""Queries for lists of bots."""

from commandpost.db import Sql, Work
from commandpost.workspace.model.user import User
from commandpost.workspace.store.users import COLUMNS, user_of

_PAGE = Sql(
    f"SELECT {COLUMNS} FROM users u WHERE u.is_bot = TRUE AND (:even_disabled OR u.delete_at = 0)"
    " AND (:owner_id = '' OR u.bot_owner_id = :owner_id) ORDER BY u.create_at, u.username"
    " LIMIT :limit OFFSET :offset"
)
_OF_OWNER = Sql(f"SELECT {COLUMNS} FROM users u WHERE u.is_bot = TRUE AND u.bot_owner_id = :owner_id")


async def page(work: Work, *, owner_id: str, even_disabled: bool, limit: int, offset: int) -> list[User]:
    """The bots of an owner ("": of all), oldest first."""
    rows = await work.all(_PAGE, owner_id=owner_id, even_disabled=even_disabled, limit=limit, offset=offset)
    return [user_of(row) for row in rows]


async def of_owner(work: Work, owner_id: str) -> list[User]:
    """All bots of an owner."""
    return [user_of(row) for row in await work.all(_OF_OWNER, owner_id=owner_id)]
