"""Queries about sessions."""

from collections.abc import Collection, Sequence

import msgspec

from commandpost.db import Row, Sql, Work
from commandpost.workspace.model.session import Session

_CALLER = Sql(
    "SELECT s.id AS session_id, s.expires_at, s.last_activity_at, s.device_id, FALSE AS is_access_token,"
    " u.id AS user_id, u.username, u.roles, u.is_bot, u.delete_at, u.timezone,"
    " u.mfa_active"
    " FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = :token_hash"
    " UNION ALL"
    " SELECT t.id, 0, 0, '', TRUE, u.id, u.username, u.roles, u.is_bot, u.delete_at, u.timezone,"
    " u.mfa_active"
    " FROM access_tokens t JOIN users u ON u.id = t.user_id"
    " WHERE t.token_hash = :token_hash AND t.is_active = TRUE"
)
_INSERT = Sql(
    "INSERT INTO sessions"
    " (id, token_hash, user_id, create_at, expires_at, last_activity_at, device_id, props)"
    " VALUES (:id, :token_hash, :user_id, :create_at, :expires_at, :last_activity_at, :device_id, :props)"
)
_OF_USER = Sql(
    "SELECT id, user_id, create_at, expires_at, last_activity_at, device_id, props FROM sessions"
    " WHERE user_id = :user_id AND (expires_at = 0 OR expires_at > :now)"
    " ORDER BY last_activity_at DESC, id"
)
_LIVING = Sql(
    "SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id"
    " WHERE s.id IN (:ids...) AND u.delete_at = 0 AND (s.expires_at = 0 OR s.expires_at > :now)"
    " UNION ALL"
    " SELECT t.id FROM access_tokens t JOIN users u ON u.id = t.user_id"
    " WHERE t.id IN (:ids...) AND t.is_active = TRUE AND u.delete_at = 0"
    " AND (u.is_bot = TRUE OR :with_tokens_of_people = 1)"
)
_RENEW = Sql("UPDATE sessions SET last_activity_at = :at, expires_at = :expires_at WHERE id = :id")
_DELETE = Sql("DELETE FROM sessions WHERE id = :id AND user_id = :user_id")
_DELETE_OTHERS = Sql("DELETE FROM sessions WHERE user_id = :user_id AND id <> :keep RETURNING id")
_DELETE_ALL = Sql("DELETE FROM sessions RETURNING user_id")
_DELETE_EXPIRED = Sql(
    "DELETE FROM sessions WHERE user_id = :user_id AND expires_at > 0 AND expires_at <= :now"
)

decode_map = msgspec.json.Decoder(dict[str, str]).decode


async def caller(work: Work, token_hash: str) -> Row | None:
    """The session or active access token with a token, with the user it belongs to."""
    return await work.one(_CALLER, token_hash=token_hash)


async def insert(work: Work, session: Session, token_hash: str) -> None:
    """Store a new session; the user's expired ones go."""
    await work.run(_DELETE_EXPIRED, user_id=session.user_id, now=session.create_at)
    await work.run(
        _INSERT,
        id=session.id,
        token_hash=token_hash,
        user_id=session.user_id,
        create_at=session.create_at,
        expires_at=session.expires_at,
        last_activity_at=session.last_activity_at,
        device_id=session.device_id,
        props=msgspec.json.encode(session.props).decode(),
    )


async def of_user(work: Work, user_id: str, now: int) -> list[Session]:
    """A user's living sessions, the one last used first."""
    rows = await work.all(_OF_USER, user_id=user_id, now=now)
    return [
        Session(
            id=row["id"],
            user_id=row["user_id"],
            create_at=row["create_at"],
            expires_at=row["expires_at"],
            last_activity_at=row["last_activity_at"],
            device_id=row["device_id"],
            props=decode_map(row["props"]),
        )
        for row in rows
    ]


async def living(work: Work, ids: Collection[str], now: int, *, with_tokens_of_people: bool) -> set[str]:
    """Those of the ids whose session, or access token, lets somebody in."""
    rows = await work.all(
        _LIVING, ids=list(ids), now=now, with_tokens_of_people=1 if with_tokens_of_people else 0
    )
    return {row["id"] for row in rows}


async def renew(work: Work, session_id: str, *, at: int, expires_at: int) -> None:
    """Note that a session is in use, and move its expiry on."""
    await work.run(_RENEW, id=session_id, at=at, expires_at=expires_at)


async def delete(work: Work, session_id: str, user_id: str) -> bool:
    """End a user's session; False if they have no such one."""
    return await work.run(_DELETE, id=session_id, user_id=user_id) > 0


async def delete_others(work: Work, user_id: str, keep: str = "") -> Sequence[str]:
    """End a user's sessions but the one to keep; gives the ids of those ended."""
    return [row["id"] for row in await work.all(_DELETE_OTHERS, user_id=user_id, keep=keep)]


async def delete_all(work: Work) -> set[str]:
    """End everybody's sessions; gives the ids of the users."""
    return {row["user_id"] for row in await work.all(_DELETE_ALL)}
