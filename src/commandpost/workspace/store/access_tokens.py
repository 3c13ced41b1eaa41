"""Queries about personal access tokens."""

from commandpost.db import Row, Sql, Work
from commandpost.workspace.model.session import AccessToken

_SELECT = "SELECT id, user_id, description, is_active, create_at FROM access_tokens"
_PAGED = "ORDER BY create_at DESC, id LIMIT :limit OFFSET :offset"
_BY_ID = Sql(f"{_SELECT} WHERE id = :id")
_OF_USER = Sql(f"{_SELECT} WHERE user_id = :user_id {_PAGED}")
_PAGE = Sql(f"{_SELECT} {_PAGED}")
_INSERT = Sql(
    "INSERT INTO access_tokens (id, token_hash, user_id, description, is_active, create_at)"
    " VALUES (:id, :token_hash, :user_id, :description, :is_active, :create_at)"
)
_UPDATE = Sql("UPDATE access_tokens SET is_active = :is_active WHERE id = :id")
_DELETE = Sql("DELETE FROM access_tokens WHERE id = :id")
_DELETE_OF_USER = Sql("DELETE FROM access_tokens WHERE user_id = :user_id")


async def by_id(work: Work, token_id: str) -> AccessToken | None:
    row = await work.one(_BY_ID, id=token_id)
    return _token_of(row) if row else None


async def of_user(work: Work, user_id: str, *, limit: int, offset: int) -> list[AccessToken]:
    """A user's tokens, newest first."""
    rows = await work.all(_OF_USER, user_id=user_id, limit=limit, offset=offset)
    return [_token_of(row) for row in rows]


async def page(work: Work, *, limit: int, offset: int) -> list[AccessToken]:
    """Everybody's tokens, newest first."""
    return [_token_of(row) for row in await work.all(_PAGE, limit=limit, offset=offset)]


async def insert(work: Work, token: AccessToken, token_hash: str) -> None:
    await work.run(
        _INSERT,
        id=token.id,
        token_hash=token_hash,
        user_id=token.user_id,
        description=token.description,
        is_active=token.is_active,
        create_at=token.create_at,
    )


async def update(work: Work, token: AccessToken) -> None:
    """Store whether a token is in use."""
    await work.run(_UPDATE, id=token.id, is_active=token.is_active)


async def delete(work: Work, token_id: str) -> None:
    await work.run(_DELETE, id=token_id)


async def delete_of_user(work: Work, user_id: str) -> None:
    """End all tokens of a user."""
    await work.run(_DELETE_OF_USER, user_id=user_id)


def _token_of(row: Row) -> AccessToken:
    return AccessToken(
        id=row["id"],
        user_id=row["user_id"],
        description=row["description"],
        is_active=bool(row["is_active"]),
        create_at=row["create_at"],
    )
