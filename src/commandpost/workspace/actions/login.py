"""Logging in by password (and by a second factor where there is one), and what holds back those who guess.

Failures are counted per account and per address within a window; successes are not counted, and clear the
account's count. Whoever asks for an unknown account waits as long as for a wrong password.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from commandpost.audit.entry import Deed
from commandpost.kernel.clock import MINUTE_MS, SECOND_MS
from commandpost.kernel.errors import Invalid, TooMany, Unauthenticated
from commandpost.kernel.ids import token_hash
from commandpost.workspace.actions import sessions, two_factor
from commandpost.workspace.actions.two_factor import WrongCode
from commandpost.workspace.desk import Desk, Desks
from commandpost.workspace.model.sign_up import MAX_PASSWORD, PasswordHash
from commandpost.workspace.model.user import User
from commandpost.workspace.store import login as store

WINDOW_MS = 10 * MINUTE_MS
MOST_FAILURES_OF_ADDRESS = 100
"""More than for an account: behind one address there may be a whole office."""


class BadCredentials(Unauthenticated):
    """Enter a valid email or username and/or password."""

    code = "login.bad_credentials"


class WrongPassword(Invalid):
    """The "Current Password" you entered is incorrect. Please check that Caps Lock is off and try again."""

    code = "user.wrong_password"


class Deactivated(Unauthenticated):
    """Login failed because your account has been deactivated. Please contact an administrator."""

    code = "login.deactivated"


class TooManyFailures(TooMany):
    """Your account is locked because of too many failed password attempts; please wait and try again."""

    code = "login.too_many_failures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What somebody who logs in presents, and where they come from."""

    login_id: str
    password: str
    address: str
    code: str = ""
    device_id: str = ""
    props: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """What is known before the password is looked at."""

    user: User | None
    password_hash: PasswordHash
    account_subject: str
    address_subject: str
    account_has_failed: bool


async def check_password(desks: Desks, user_id: str, password: str, *, address: str) -> None:
    """Let a user prove who they are once more. Raises WrongPassword, TooManyFailures, HashingBusy."""
    credentials = Credentials(login_id=user_id, password=password, address=address)
    async with desks.passwords.slot():
        if await _verified(desks, credentials) is None:
            raise WrongPassword


async def forgive(desk: Desk, user_id: str) -> None:
    """Let an account start anew after failures."""
    await store.forget(desk.work, _subject_of(user_id))


async def check_patience(desk: Desk, user: User, *, address: str) -> None:
    """Refuse somebody who failed too often, however they sign in. Raises TooManyFailures."""
    await _attempt(desk, Credentials(login_id=user.id, password="", address=address))


async def count_wrong_code(desk: Desk, user: User, *, address: str) -> None:
    """Count a wrong second factor, however its owner signs in."""
    credentials = Credentials(login_id=user.id, password="", address=address)
    await _count(desk, await _attempt(desk, credentials), "code")


async def log_in(desks: Desks, credentials: Credentials) -> tuple[User, str]:
    """The user, and the token of their new session.

    Raises BadCredentials, Deactivated, CodeMissing, WrongCode, TooManyFailures, HashingBusy.
    """
    async with desks.passwords.slot():
        attempt = await _verified(desks, credentials)
    if attempt is None or attempt.user is None:
        raise BadCredentials
    if attempt.user.delete_at:
        async with desks.writing() as desk:
            await _record_refusal(desk, attempt, "deactivated")
        raise Deactivated
    async with desks.writing() as desk:
        if not await store.is_still(desk.work, attempt.user.id, attempt.password_hash):
            raise BadCredentials
        if await two_factor.lets_in(desk, attempt.user.id, credentials.code):
            if attempt.account_has_failed:
                await store.forget(desk.work, attempt.account_subject)
            token = await sessions.start(
                desk, attempt.user, device_id=credentials.device_id, props=credentials.props
            )
            return attempt.user, token
        await _count(desk, attempt, "code")
    raise WrongCode


async def _verified(desks: Desks, credentials: Credentials) -> "_Attempt | None":
    """The attempt, if the password is right; else it is counted as a failure. For use inside a slot."""
    async with desks.reading() as desk:
        attempt = await _attempt(desk, credentials)
    password = credentials.password[: MAX_PASSWORD + 1]
    if await desks.passwords.is_right(password, attempt.password_hash):
        return attempt
    async with desks.writing() as desk:
        await _count(desk, attempt, "password")
    return None


async def _count(desk: Desk, attempt: "_Attempt", reason: str) -> None:
    """Count a failure of the account and of the address."""
    counts = await store.count(
        desk.work,
        [attempt.account_subject, attempt.address_subject],
        now=desk.now,
        since=desk.now - WINDOW_MS,
    )
    await _record_refusal(desk, attempt, reason)
    await _record_locks(desk, attempt, counts)


async def _record_locks(desk: Desk, attempt: "_Attempt", counts: Mapping[str, int]) -> None:
    """That an account or address has to wait from now on is kept once, not each attempt meanwhile."""
    for subject, most in _limits(desk, attempt.account_subject, attempt.address_subject).items():
        if counts[subject] == most:
            subject_id = attempt.user.id if attempt.user else ""
            after = {"what": subject.partition(":")[0], "failures": most}
            await desk.record(Deed.SESSION_LOCKED, subject_id, by="", after=after)


async def _record_refusal(desk: Desk, attempt: "_Attempt", reason: str) -> None:
    """What was given as the name is not kept: people type passwords there by mistake."""
    subject_id = attempt.user.id if attempt.user else ""
    await desk.record(Deed.SESSION_REFUSED, subject_id, by="", after={"reason": reason})


async def _attempt(desk: Desk, credentials: Credentials) -> _Attempt:
    login = credentials.login_id.strip().lower()
    found = await store.account(desk.work, login) if login else None
    user, password_hash = found or (None, PasswordHash(""))
    account_subject = _subject_of(user.id if user else token_hash(login))
    address_subject = "address:" + credentials.address
    failures = await store.of_subjects(
        desk.work, [account_subject, address_subject], now=desk.now, since=desk.now - WINDOW_MS
    )
    limits = _limits(desk, account_subject, address_subject)
    for failed in failures:
        if failed.count >= limits[failed.subject]:
            left_ms = failed.first_at + WINDOW_MS - desk.now
            raise TooManyFailures(retry_after_s=max(1, -(-left_ms // SECOND_MS)))
    return _Attempt(
        user=user,
        password_hash=password_hash,
        account_subject=account_subject,
        address_subject=address_subject,
        account_has_failed=any(failed.subject == account_subject for failed in failures),
    )


def _limits(desk: Desk, account_subject: str, address_subject: str) -> dict[str, int]:
    return {
        account_subject: desk.config.maximum_login_attempts,
        address_subject: MOST_FAILURES_OF_ADDRESS,
    }


def _subject_of(account: str) -> str:
    return f"account:{account}"
