"""Sessions: who a token belongs to, how one begins and how it ends."""

from collections.abc import Collection

from commandpost.audit.entry import Deed
from commandpost.kernel.errors import Invalid
from commandpost.kernel.ids import new_id, token_hash
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import SessionsEnded
from commandpost.workspace.model.session import RENEW_AFTER_MS, Session, expiry
from commandpost.workspace.model.user import User, timezone_of
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, permit, permit_self_or_admin
from commandpost.workspace.store import sessions


class UnknownSession(Invalid):
    """There is no such session of this user."""

    code = "session.unknown"


async def identify(desk: Desk, token: str) -> Who | None:
    """The user behind a session or personal access token; None if it is dead or unknown."""
    row = await sessions.caller(desk.work, token_hash(token))
    if row is None or row["delete_at"] or 0 < row["expires_at"] <= desk.now:
        return None
    is_bot, is_access_token = bool(row["is_bot"]), bool(row["is_access_token"])
    if is_access_token and not is_bot and not desk.config.enable_user_access_tokens:
        return None
    return Who(
        user_id=row["user_id"],
        username=row["username"],
        roles=frozenset(row["roles"].split()),
        session_id=row["session_id"],
        is_bot=is_bot,
        is_mobile=bool(row["device_id"]),
        is_due_for_renewal=not is_access_token and desk.now - row["last_activity_at"] >= RENEW_AFTER_MS,
        timezone=timezone_of(sessions.decode_map(row["timezone"])),
        lacks_two_factor=desk.config.is_two_factor_enforced and not is_bot and not row["mfa_active"],
    )


async def ended_among(desk: Desk, session_ids: Collection[str]) -> set[str]:
    """Those of these sessions and personal access tokens that let nobody in any more, for whatever reason."""
    living = await sessions.living(
        desk.work,
        session_ids,
        desk.now,
        with_tokens_of_people=desk.config.enable_user_access_tokens,
    )
    return set(session_ids) - living


async def start(desk: Desk, user: User, *, device_id: str = "", props: dict[str, str] | None = None) -> str:
    """Sign a user in, past any proof; gives the session's token, which is stored nowhere."""
    token = new_id()
    session = Session(
        id=new_id(),
        user_id=user.id,
        create_at=desk.now,
        expires_at=expiry(now=desk.now, hours=desk.config.session_length_web_in_hours),
        last_activity_at=desk.now,
        device_id=device_id,
        props=props or {},
    )
    await sessions.insert(desk.work, session, token_hash(token))
    await desk.record(Deed.SESSION_STARTED, user.id, by=user.id, session_id=session.id)
    return token


async def renew(desk: Desk, who: Who) -> None:
    """Note that a session is in use: its expiry slides."""
    expires_at = expiry(now=desk.now, hours=desk.config.session_length_web_in_hours)
    await sessions.renew(desk.work, who.session_id, at=desk.now, expires_at=expires_at)


async def log_out(desk: Desk, who: Who) -> None:
    """End the session that is asking. A personal access token stays good."""
    if await sessions.delete(desk.work, who.session_id, who.user_id):
        await _record_end(desk, who, who.user_id, who.session_id)
        desk.tell(SessionsEnded(user_id=who.user_id, session_ids=(who.session_id,)))


async def of_user(desk: Desk, who: Who, user_id: str) -> list[Session]:
    """The living sessions of oneself, or of anybody for an administrator. Raises Forbidden."""
    permit_self_or_admin(who, user_id)
    return await sessions.of_user(desk.work, user_id, desk.now)


async def revoke(desk: Desk, who: Who, user_id: str, session_id: str) -> None:
    """End one session of a user. Raises Forbidden, UnknownSession."""
    permit_self_or_admin(who, user_id)
    if not await sessions.delete(desk.work, session_id, user_id):
        raise UnknownSession
    await _record_end(desk, who, user_id, session_id)
    desk.tell(SessionsEnded(user_id=user_id, session_ids=(session_id,)))


async def revoke_all(desk: Desk, who: Who, user_id: str) -> None:
    """End all sessions of a user, the asking one included. Raises Forbidden."""
    permit_self_or_admin(who, user_id)
    await _record_end(desk, who, user_id, "")
    await end(desk, user_id)


async def revoke_everybodys(desk: Desk, who: Who) -> None:
    """End every session there is. Raises Forbidden."""
    permit(who, Permission.MANAGE_SYSTEM)
    await _record_end(desk, who, "", "")
    for user_id in await sessions.delete_all(desk.work):
        desk.tell(SessionsEnded(user_id=user_id))


async def _record_end(desk: Desk, who: Who, user_id: str, session_id: str) -> None:
    """A session's end, that of all of a user's ("" for the session), or of everybody's ("" for both)."""
    after = {"session_id": session_id} if session_id else {"all": True}
    await desk.record(Deed.SESSIONS_ENDED, user_id, by=who.user_id, after=after)


async def end(desk: Desk, user_id: str, *, keep: str = "") -> None:
    """End a user's sessions, but for one to keep."""
    ended = await sessions.delete_others(desk.work, user_id, keep)
    desk.tell(SessionsEnded(user_id=user_id, session_ids=tuple(ended) if keep else None))
