"""Two-factor authentication: log-ins need a code of an app beside the password."""

from base64 import b64encode
from dataclasses import dataclass, replace
from io import BytesIO

import segno

from commandpost.audit.entry import Deed
from commandpost.kernel.errors import Conflict, Forbidden, Invalid, SwitchedOff, Unauthenticated
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import UserUpdated
from commandpost.workspace.model import one_time_code
from commandpost.workspace.model.user import UnknownUser, User
from commandpost.workspace.model.who import Who
from commandpost.workspace.permissions import permit_self_or_admin
from commandpost.workspace.store import two_factors as store
from commandpost.workspace.store import users

_DOTS = 6
"""The side of a square of the picture, in pixels."""


class TwoFactorOff(SwitchedOff):
    """Multi-factor authentication has been disabled on this server."""

    code = "two_factor.off"


class CodeMissing(Invalid):
    """This account needs the code of its authenticator app besides the password; it has six digits."""

    code = "two_factor.code_missing"


class WrongCode(Unauthenticated):
    """The code is not right, or was used before. Wait for the next one, and see that your clock is right."""

    code = "two_factor.wrong_code"


class NotActivated(Unauthenticated):
    """That is not the code of the new secret. See that your phone's clock is right, and try the next one."""

    code = "two_factor.not_activated"


class ActiveAlready(Conflict):
    """Two-factor authentication is on. Switch it off before you set it up anew."""

    code = "two_factor.active_already"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A fresh secret, and a picture of it for apps to look at (PNG in base64)."""

    secret: str
    qr_code: str


async def offer(desk: Desk, who: Who, user_id: str) -> Offer:
    """Give a user a secret to set up their app with; it counts when they show that it works.

    For oneself alone: administrators have no business with others' secrets.
    Raises Forbidden, TwoFactorOff, UnknownUser, ActiveAlready.
    """
    user = await _own(desk, who, user_id)
    secret = one_time_code.new_secret()
    if not await store.offer(desk.work, user.id, desk.vault.sealed(secret)):
        raise ActiveAlready
    address = one_time_code.address(secret, account=user.email, issuer=desk.config.site_name)
    return Offer(secret=secret, qr_code=_picture(address))


async def activate(desk: Desk, who: Who, user_id: str, code: str) -> None:
    """Let log-ins of a user need codes from now on, as the app shows the right one.

    Raises Forbidden, TwoFactorOff, UnknownUser, ActiveAlready, NotActivated.
    """
    user = await _own(desk, who, user_id)
    known = await store.of_user(desk.work, user.id)
    if known is not None and known.is_active:
        raise ActiveAlready
    if known is None or not await _is_taken(desk, user.id, known, code):
        raise NotActivated
    await desk.record(Deed.USER_TWO_FACTOR_ACTIVATED, user.id, by=who.user_id)
    await _mark(desk, user, is_active=True)


async def deactivate(desk: Desk, who: Who, user_id: str) -> None:
    """Let the password be enough again, for oneself or, by an administrator, for somebody else.

    Raises Forbidden, UnknownUser.
    """
    permit_self_or_admin(who, user_id)
    user = await users.locked(desk.work, user_id)
    if user is None:
        raise UnknownUser
    if await store.delete(desk.work, user.id) and user.mfa_active:
        await desk.record(Deed.USER_TWO_FACTOR_DEACTIVATED, user.id, by=who.user_id)
        await _mark(desk, user, is_active=False)


async def lets_in(desk: Desk, user_id: str, code: str) -> bool:
    """Whether somebody who has the password may log in: no code is needed, or this one is right and unused.

    Raises CodeMissing, for what cannot be a code too.
    """
    if not desk.config.enable_multifactor_authentication:
        return True
    known = await store.of_user(desk.work, user_id)
    if known is None or not known.is_active:
        return True
    code = code.replace(" ", "")
    if not one_time_code.is_code(code):
        raise CodeMissing
    return await _is_taken(desk, user_id, known, code)


async def _own(desk: Desk, who: Who, user_id: str) -> User:
    if who.user_id != user_id:
        raise Forbidden
    if not desk.config.enable_multifactor_authentication:
        raise TwoFactorOff
    user = await users.locked(desk.work, user_id)
    if user is None or user.is_bot:
        raise UnknownUser
    return user


async def _is_taken(desk: Desk, user_id: str, known: store.TwoFactor, code: str) -> bool:
    """Whether a code is right and was not used before; it is used now."""
    secret = desk.vault.opened(known.sealed_secret)
    step = one_time_code.step_of(code.replace(" ", ""), secret, now=desk.now)
    return step is not None and await store.take(desk.work, user_id, known, step)


async def _mark(desk: Desk, user: User, *, is_active: bool) -> None:
    at = max(desk.now, user.update_at + 1)
    await store.mark(desk.work, user.id, is_active=is_active, at=at)
    desk.tell(UserUpdated(user=replace(user, mfa_active=is_active, update_at=at), config=desk.config))


def _picture(address: str) -> str:
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="png", scale=_DOTS)
    return b64encode(picture.getvalue()).decode()
