"""Queries about tokens that were sent for setting a new password; only their hashes are kept."""

from dataclasses import dataclass

from commandpost.db import Sql, Work

_ADD = Sql(
    "INSERT INTO password_resets (token_hash, user_id, email, expires_at)"
    " VALUES (:token_hash, :user_id, :email, :expires_at)"
)
_BY_TOKEN = Sql("SELECT user_id, email, expires_at FROM password_resets WHERE token_hash = :token_hash")
_TAKE = Sql("DELETE FROM password_resets WHERE token_hash = :token_hash")
_FORGET = Sql("DELETE FROM password_resets WHERE user_id = :user_id")
_FORGET_OLD = Sql("DELETE FROM password_resets WHERE expires_at <= :until")


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordReset:
    """Whose password a token sets, and where it was sent."""

    user_id: str
    email: str
    expires_at: int


async def add(work: Work, token_hash: str, reset: PasswordReset) -> None:
    """Keep what was sent."""
    await work.run(
        _ADD, token_hash=token_hash, user_id=reset.user_id, email=reset.email, expires_at=reset.expires_at
    )


async def by_token(work: Work, token_hash: str) -> PasswordReset | None:
    """What a token is for."""
    row = await work.one(_BY_TOKEN, token_hash=token_hash)
    if row is None:
        return None
    return PasswordReset(user_id=row["user_id"], email=row["email"], expires_at=row["expires_at"])


async def take(work: Work, token_hash: str) -> bool:
    """Use a token up; False if somebody has."""
    return await work.run(_TAKE, token_hash=token_hash) > 0


async def forget(work: Work, user_id: str) -> None:
    """Let no token of a user be good any more."""
    await work.run(_FORGET, user_id=user_id)


async def forget_old(work: Work, *, until: int) -> None:
    """Forget tokens that expired up to a time."""
    await work.run(_FORGET_OLD, until=until)
