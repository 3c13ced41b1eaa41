"""Signing in with OpenID Connect (code with PKCE): set out, come back, and which account that opens.

Whoever a provider knows by a subject has one account for good. An account that has no subject yet is given
one by its e-mail address only where an administrator allows that and the provider vouches for the address.
Its password, sessions and tokens end then: whoever made the account need not have owned that address.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec
import structlog

from commandpost.audit.entry import Deed
from commandpost.kernel.clock import MINUTE_MS, SECOND_MS
from commandpost.kernel.errors import Refusal, SwitchedOff
from commandpost.kernel.ids import token_hash
from commandpost.vault import Unreadable
from commandpost.workspace.actions import login, sessions, two_factor, users
from commandpost.workspace.actions.login import WINDOW_MS, TooManyFailures
from commandpost.workspace.actions.two_factor import CodeMissing, WrongCode
from commandpost.workspace.desk import Desk, Desks
from commandpost.workspace.model.openid import (
    AccountDeactivated,
    AddressTaken,
    AddressUnverified,
    Cancelled,
    Identity,
    NoAccount,
    Pending,
    Proved,
    Stale,
    Unproven,
)
from commandpost.workspace.model.sign_up import BadEmail, NewUser, PasswordHash, email_of
from commandpost.workspace.model.user import User
from commandpost.workspace.openid.provider import Provider
from commandpost.workspace.store import access_tokens, password_resets
from commandpost.workspace.store import login as failures
from commandpost.workspace.store import openid_accounts as store
from commandpost.workspace.store import users as accounts

PENDING_MS = 10 * MINUTE_MS
"""How long it may take to come back, and then to enter a code."""

_MOST_FAILURES = 30
_RANDOM_BYTES = 32
_NO_PASSWORD = PasswordHash("")

_log = structlog.get_logger(__name__)
_T = TypeVar("_T", Pending, Proved)


class OpenIdOff(SwitchedOff):
    """Nobody can sign in with OpenID Connect here."""

    code = "openid.off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """Where to send a browser, and what it keeps meanwhile."""

    address: str
    kept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What a browser brings back from the provider. `kept` is what `begin` gave it."""

    kept: str
    state: str
    code: str
    error: str = ""
    issuer: str = ""
    address: str
    props: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Where somebody goes on. Without a token they must enter a code first, and keep `kept` for that."""

    redirect_to: str
    user_id: str = ""
    token: str = ""
    kept: str = ""


async def begin(desks: Desks, provider: Provider, *, redirect_to: str) -> Begun:
    """Set out for the provider. Raises OpenIdOff, ProviderAway."""
    if not desks.config.has_openid:
        raise OpenIdOff
    pending = Pending(
        state=secrets.token_urlsafe(_RANDOM_BYTES),
        nonce=secrets.token_urlsafe(_RANDOM_BYTES),
        verifier=secrets.token_urlsafe(_RANDOM_BYTES),
        redirect_to=redirect_to,
        until=desks.clock.now() + PENDING_MS,
    )
    address = await provider.address(desks.config, pending)
    return Begun(address=address, kept=_sealed(desks, pending))


async def complete(desks: Desks, provider: Provider, returned: Returned) -> Entered:
    """Come back from the provider.

    Raises OpenIdOff, Stale, Cancelled, ProviderAway, Unproven, NoAccount, AddressTaken, AddressUnverified,
    AccountDeactivated, TooManyFailures.
    """
    if not desks.config.has_openid:
        raise OpenIdOff
    async with desks.reading() as desk:
        await _check_patience(desk, returned.address)
    try:
        pending = _checked(desks, returned)
        identity = await provider.proved(desks.config, pending, returned.code, now=desks.clock.now())
    except (Stale, Unproven) as refusal:
        _log.warning("a sign-in with OpenID Connect is refused", why=refusal.message)
        async with desks.writing() as desk:
            await _count(desk, returned.address)
        raise
    user = await _opened_by(desks, pending, identity)
    proved = Proved(
        user_id=user.id,
        issuer=identity.issuer,
        subject=identity.subject,
        until=desks.clock.now() + PENDING_MS,
    )
    try:
        token = await _let_in(desks, proved, "", address=returned.address, props=returned.props)
    except CodeMissing:
        return Entered(redirect_to=pending.redirect_to, kept=_sealed(desks, proved))
    return Entered(redirect_to=pending.redirect_to, user_id=user.id, token=token)


async def enter_code(desks: Desks, kept: str, code: str, *, address: str, props: dict[str, str]) -> Entered:
    """Add the code of a second factor to what the provider has proved.

    Raises OpenIdOff, Stale, CodeMissing, WrongCode, TooManyFailures, AccountDeactivated, AddressTaken.
    """
    if not desks.config.has_openid:
        raise OpenIdOff
    proved = _opened(desks, kept, Proved)
    token = await _let_in(desks, proved, code, address=address, props=props)
    return Entered(redirect_to="", user_id=proved.user_id, token=token)


def _checked(desks: Desks, returned: Returned) -> Pending:
    """What was set out with, if this is the answer to it, in the same browser."""
    pending = _opened(desks, returned.kept, Pending)
    if not hmac.compare_digest(pending.state.encode(), returned.state.encode()):
        raise Stale
    if returned.issuer and returned.issuer != desks.config.oidc_issuer:
        raise Unproven("Another provider answers.")
    if returned.error or not returned.code:
        raise Cancelled
    return pending


async def _opened_by(desks: Desks, pending: Pending, identity: Identity) -> User:
    """The account that an answer opens, which it does once. Refusals are in the audit log."""
    async with desks.writing() as desk:
        until = pending.until
        if not await store.use_up(desk.work, token_hash(pending.state), now=desk.now, expires_at=until):
            raise Stale
    try:
        async with desks.writing() as desk:
            return await _account(desk, identity)
    except (NoAccount, AddressTaken, AddressUnverified) as refusal:
        after = {"reason": refusal.code, "issuer": identity.issuer, "subject": identity.subject}
        async with desks.writing() as desk:
            await desk.record(Deed.SESSION_REFUSED, "", by="", after=after)
        raise
    except (users.UsernameTaken, users.EmailTaken) as cause:
        raise Stale("Somebody made such an account at the same moment; please begin again.") from cause


async def _account(desk: Desk, identity: Identity) -> User:
    """The account that an identity opens, or may be linked with."""
    user_id = await store.user_of(desk.work, identity.issuer, identity.subject)
    if user_id is not None:
        user = await accounts.by_id(desk.work, user_id)
        assert user is not None
        return user
    try:
        email = email_of(identity.email)
    except BadEmail as cause:
        raise AddressUnverified from cause
    user = await accounts.by_email(desk.work, email)
    if user is None:
        return await _new_account(desk, identity, email)
    if user.is_bot or not desk.config.oidc_link_by_email:
        raise AddressTaken
    if identity.is_email_verified is not True:
        raise AddressUnverified
    return user


async def _new_account(desk: Desk, identity: Identity, email: str) -> User:
    """An account for somebody new; never the first of a server, which is its administrator's."""
    config = desk.config
    if not (config.oidc_create_accounts and config.enable_user_creation) or not await users.has_people(desk):
        raise NoAccount
    if identity.is_email_verified is False:
        raise AddressUnverified
    taken = {user.username for user in await accounts.by_usernames(desk.work, identity.usernames())}
    free = [name for name in identity.usernames() if name not in taken]
    if not free:
        raise NoAccount("Every name for a new account of yours is taken; please ask an administrator.")
    new = NewUser(
        username=free[0],
        email=email,
        password_hash=_NO_PASSWORD,
        first_name=identity.name(identity.first_name),
        last_name=identity.name(identity.last_name),
    )
    user = await users.create_vouched(desk, new)
    await store.link(desk.work, identity.issuer, identity.subject, user.id, now=desk.now)
    await _record_link(desk, user, identity.issuer, identity.subject)
    return user


async def _let_in(desks: Desks, proved: Proved, code: str, *, address: str, props: dict[str, str]) -> str:
    """The token of a new session, past the second factor where there is one."""
    async with desks.writing() as desk:
        user = await accounts.locked(desk.work, proved.user_id)
        assert user is not None
        await login.check_patience(desk, user, address=address)
        refusal = await _refusal(desk, user, proved, code, address=address)
        if refusal is None:
            return await sessions.start(desk, user, props=props)
    raise refusal


async def _refusal(desk: Desk, user: User, proved: Proved, code: str, *, address: str) -> Refusal | None:
    """Why somebody is not let in after all, which is kept; None if they are.

    Raises CodeMissing, AddressTaken.
    """
    if not user.is_active:
        await desk.record(Deed.SESSION_REFUSED, user.id, by="", after={"reason": "deactivated"})
        return AccountDeactivated()
    if not await two_factor.lets_in(desk, user.id, code):
        await login.count_wrong_code(desk, user, address=address)
        return WrongCode()
    owner = await store.user_of(desk.work, proved.issuer, proved.subject)
    if owner is None:
        await _link(desk, user, proved)
    elif owner != user.id:
        raise AddressTaken
    return None


async def _link(desk: Desk, user: User, proved: Proved) -> None:
    """Let a subject have an account that others may know the password of: they do not any more."""
    await store.link(desk.work, proved.issuer, proved.subject, user.id, now=desk.now)
    await _record_link(desk, user, proved.issuer, proved.subject)
    await accounts.set_password(desk.work, user.id, _NO_PASSWORD, desk.now)
    await password_resets.forget(desk.work, user.id)
    await access_tokens.delete_of_user(desk.work, user.id)
    await sessions.end(desk, user.id)


async def _record_link(desk: Desk, user: User, issuer: str, subject: str) -> None:
    linked = {"issuer": issuer, "subject": subject}
    await desk.record(Deed.USER_OPENID_LINKED, user.id, by=user.id, after=linked)


async def _check_patience(desk: Desk, address: str) -> None:
    since = desk.now - WINDOW_MS
    for failed in await failures.of_subjects(desk.work, [_subject(address)], now=desk.now, since=since):
        if failed.count >= _MOST_FAILURES:
            left_ms = failed.first_at + WINDOW_MS - desk.now
            raise TooManyFailures(retry_after_s=max(1, -(-left_ms // SECOND_MS)))


async def _count(desk: Desk, address: str) -> None:
    await failures.count(desk.work, [_subject(address)], now=desk.now, since=desk.now - WINDOW_MS)


def _subject(address: str) -> str:
    return f"openid:{address}"


def _sealed(desks: Desks, kept: Pending | Proved) -> str:
    content = {"kind": type(kept).__name__, "kept": kept}
    return desks.vault.sealed(msgspec.json.encode(content).decode())


def _opened(desks: Desks, sealed: str, kind: type[_T]) -> _T:
    """What a browser was given to keep. Raises Stale."""
    try:
        content = msgspec.json.decode(desks.vault.opened(sealed))
    except (Unreadable, UnicodeEncodeError) as cause:
        raise Stale from cause
    if content["kind"] != kind.__name__:
        raise Stale
    kept = msgspec.convert(content["kept"], kind)
    if kept.until <= desks.clock.now():
        raise Stale
    return kept
