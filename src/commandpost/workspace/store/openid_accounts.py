"""Queries about who at a provider of OpenID Connect has which account, and about answers used up."""

from commandpost.db import Sql, Work

_USER_OF = Sql("SELECT user_id FROM openid_accounts WHERE issuer = :issuer AND subject = :subject")
_LINK = Sql(
    "INSERT INTO openid_accounts (issuer, subject, user_id, create_at)"
    " VALUES (:issuer, :subject, :user_id, :now) ON CONFLICT DO NOTHING"
)
_USE_UP = Sql(
    "INSERT INTO openid_answers (state_hash, expires_at) VALUES (:state_hash, :expires_at)"
    " ON CONFLICT DO NOTHING"
)
_FORGET_OLD = Sql("DELETE FROM openid_answers WHERE expires_at <= :now")


async def user_of(work: Work, issuer: str, subject: str) -> str | None:
    """The id of the user whom an issuer knows by a subject."""
    return await work.value(_USER_OF, issuer=issuer, subject=subject)


async def link(work: Work, issuer: str, subject: str, user_id: str, *, now: int) -> bool:
    """Let a subject have an account; False if it has one already."""
    return await work.run(_LINK, issuer=issuer, subject=subject, user_id=user_id, now=now) > 0


async def use_up(work: Work, state_hash: str, *, now: int, expires_at: int) -> bool:
    """Note that an answer was used; False if it was before. Those that have expired anyway are forgotten."""
    await work.run(_FORGET_OLD, now=now)
    return await work.run(_USE_UP, state_hash=state_hash, expires_at=expires_at) > 0
