"""Queries about second factors: a sealed secret for each account, and the last code that was taken."""

from dataclasses import dataclass

from commandpost.db import Sql, Work

_OF_USER = Sql("SELECT sealed_secret, is_active, last_step FROM two_factors WHERE user_id = :user_id")
_OFFER = Sql(
    "INSERT INTO two_factors (user_id, sealed_secret, is_active, last_step)"
    " VALUES (:user_id, :sealed_secret, FALSE, 0) ON CONFLICT (user_id) DO UPDATE SET"
    " sealed_secret = :sealed_secret, last_step = 0 WHERE two_factors.is_active = FALSE"
)
_TAKE = Sql(
    "UPDATE two_factors SET last_step = :step, is_active = TRUE"
    " WHERE user_id = :user_id AND sealed_secret = :sealed_secret AND last_step < :step"
)
_DELETE = Sql("DELETE FROM two_factors WHERE user_id = :user_id")
_MARK = Sql("UPDATE users SET mfa_active = :is_active, update_at = :at WHERE id = :user_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoFactor:
    """A secret, encrypted; whether log-ins need its codes yet; the step of the last code taken."""

    sealed_secret: str
    is_active: bool
    last_step: int


async def of_user(work: Work, user_id: str) -> TwoFactor | None:
    """What an account has."""
    row = await work.one(_OF_USER, user_id=user_id)
    if row is None:
        return None
    return TwoFactor(
        sealed_secret=row["sealed_secret"], is_active=bool(row["is_active"]), last_step=row["last_step"]
    )


async def offer(work: Work, user_id: str, sealed_secret: str) -> bool:
    """Keep a secret that is not in use yet, in place of another such; False if one is in use."""
    return await work.run(_OFFER, user_id=user_id, sealed_secret=sealed_secret) > 0


async def take(work: Work, user_id: str, known: TwoFactor, step: int) -> bool:
    """Use a code up, which puts its secret in use; False if it, or a later one, was used before."""
    return await work.run(_TAKE, user_id=user_id, sealed_secret=known.sealed_secret, step=step) > 0


async def delete(work: Work, user_id: str) -> bool:
    """Forget an account's secret; False if it has none."""
    return await work.run(_DELETE, user_id=user_id) > 0


async def mark(work: Work, user_id: str, *, is_active: bool, at: int) -> None:
    """Note with the account whether its log-ins need codes."""
    await work.run(_MARK, user_id=user_id, is_active=is_active, at=at)
