"""Queries about sessions."""

from commandpost.db import Row, Sql, Work

_CALLER = Sql(
    "SELECT s.id AS session_id, s.expires_at, s.device_id, u.id AS user_id, u.username, u.roles, u.is_bot,"
    " u.delete_at FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = :token_hash"
)


async def caller(work: Work, token_hash: str) -> Row | None:
    """The session with a token, with the user it belongs to."""
    return await work.one(_CALLER, token_hash=token_hash)
