"""Personal access tokens: what bots and scripts sign in with."""

from dataclasses import replace

from commandpost.audit.entry import Deed
from commandpost.kernel.errors import Invalid, NotFound, SwitchedOff
from commandpost.kernel.ids import new_id, token_hash
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import SessionsEnded
from commandpost.workspace.model.session import AccessToken
from commandpost.workspace.model.user import UnknownUser, User
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import Permission, permit
from commandpost.workspace.store import access_tokens, users

MAX_DESCRIPTION = 255


class UnknownAccessToken(NotFound):
    """Unable to find the personal access token."""

    code = "access_token.unknown"


class AccessTokensSwitchedOff(SwitchedOff):
    """Personal access tokens are disabled on this server. Please contact your system administrator."""

    code = "access_token.off"


class BadDescription(Invalid):
    """Invalid description: it needs 1 to 255 characters."""

    code = "access_token.bad_description"


async def create(desk: Desk, who: Who, user_id: str, description: str) -> tuple[AccessToken, str]:
    """Make a token for oneself or one's bot, or as an administrator for anybody; gives it, stored nowhere.

    Raises Forbidden, UnknownUser, AccessTokensSwitchedOff, BadDescription.
    """
    owner = await _owner(desk, who, user_id, Permission.CREATE_USER_ACCESS_TOKEN)
    if not owner.is_bot and not desk.config.enable_user_access_tokens:
        raise AccessTokensSwitchedOff
    if not 1 <= len(description.strip()) <= MAX_DESCRIPTION:
        raise BadDescription
    token = new_id()
    made = AccessToken(id=new_id(), user_id=user_id, description=description.strip(), create_at=desk.now)
    await access_tokens.insert(desk.work, made, token_hash(token))
    after = {"user_id": user_id, "description": made.description}
    await desk.record(Deed.TOKEN_CREATED, made.id, by=who.user_id, after=after)
    return made, token


async def of_user(desk: Desk, who: Who, user_id: str, *, limit: int, offset: int) -> list[AccessToken]:
    """A user's tokens, newest first. Raises Forbidden, UnknownUser."""
    await _owner(desk, who, user_id, Permission.READ_USER_ACCESS_TOKEN)
    return await access_tokens.of_user(desk.work, user_id, limit=limit, offset=offset)


async def page(desk: Desk, who: Who, *, limit: int, offset: int) -> list[AccessToken]:
    """Everybody's tokens, newest first. Raises Forbidden for anybody but administrators."""
    permit(who, Permission.MANAGE_SYSTEM)
    return await access_tokens.page(desk.work, limit=limit, offset=offset)


async def get(desk: Desk, who: Who, token_id: str) -> AccessToken:
    """One token. Raises UnknownAccessToken, Forbidden."""
    return await _token(desk, who, token_id, Permission.READ_USER_ACCESS_TOKEN)


async def revoke(desk: Desk, who: Who, token_id: str) -> None:
    """End a token for good. Raises UnknownAccessToken, Forbidden."""
    token = await _token(desk, who, token_id, Permission.REVOKE_USER_ACCESS_TOKEN)
    await access_tokens.delete(desk.work, token_id)
    await desk.record(Deed.TOKEN_REVOKED, token_id, by=who.user_id, before={"user_id": token.user_id})
    desk.tell(SessionsEnded(user_id=token.user_id, session_ids=(token_id,)))


async def disable(desk: Desk, who: Who, token_id: str) -> None:
    """Put a token out of use. Raises UnknownAccessToken, Forbidden."""
    token = await _token(desk, who, token_id, Permission.REVOKE_USER_ACCESS_TOKEN)
    await access_tokens.update(desk.work, replace(token, is_active=False))
    await desk.record(Deed.TOKEN_DISABLED, token_id, by=who.user_id, before={"user_id": token.user_id})
    desk.tell(SessionsEnded(user_id=token.user_id, session_ids=(token_id,)))


async def enable(desk: Desk, who: Who, token_id: str) -> None:
    """Take a token into use again. Raises UnknownAccessToken, Forbidden."""
    token = await _token(desk, who, token_id, Permission.CREATE_USER_ACCESS_TOKEN)
    await access_tokens.update(desk.work, replace(token, is_active=True))
    await desk.record(Deed.TOKEN_ENABLED, token_id, by=who.user_id, after={"user_id": token.user_id})


async def _token(desk: Desk, who: Who, token_id: str, permission: Permission) -> AccessToken:
    token = await access_tokens.by_id(desk.work, token_id)
    if token is None:
        raise UnknownAccessToken
    await _owner(desk, who, token.user_id, permission)
    return token


async def _owner(desk: Desk, who: Who, user_id: str, permission: Permission) -> User:
    """Whose tokens they are, if the caller may do that with them."""
    user = await users.by_id(desk.work, user_id)
    if user is None:
        permit(who, Permission.MANAGE_SYSTEM)
        raise UnknownUser
    owns_bot = user.is_bot and user.bot_owner_id == who.user_id
    if not owns_bot:
        permit(who, permission if user_id == who.user_id else Permission.MANAGE_SYSTEM)
    return user
