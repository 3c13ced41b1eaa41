"""A new password for whoever forgot theirs, by a mail to the account's address.

Whether there is an account is told by the mail only: the answer is the same for every address, and so is the
work before it. Whose the address is, is looked up afterwards, by the job that sends mail.
"""

import secrets
from urllib.parse import quote

from commandpost.audit.entry import Deed
from commandpost.kernel.clock import DAY_MS, SECOND_MS
from commandpost.kernel.errors import Invalid, TooMany
from commandpost.kernel.ids import new_id, token_hash
from commandpost.workspace import letters
from commandpost.workspace.actions import accounts, mails
from commandpost.workspace.actions.login import WINDOW_MS
from commandpost.workspace.actions.mails import Claimed
from commandpost.workspace.desk import Desk, Desks
from commandpost.workspace.model.mail import Forgotten
from commandpost.workspace.model.sign_up import email_of
from commandpost.workspace.model.user import User
from commandpost.workspace.store import login as failures
from commandpost.workspace.store import password_resets as store
from commandpost.workspace.store import users
from commandpost.workspace.store.password_resets import PasswordReset

LIVES_MS = DAY_MS
_TOKEN_BYTES = 48
_MOST_FOR_MAIL = 3
_MOST_FROM_ADDRESS = 20
"""Behind one address there may be a whole office."""


class DeadLink(Invalid):
    """This link to choose a new password is not valid, or was used already; please ask for a new one."""

    code = "password_reset.dead_link"


class ExpiredLink(Invalid):
    """This link to choose a new password has expired; please ask for a new one."""

    code = "password_reset.expired"


class TooManyResets(TooMany):
    """A new password was asked for too often; please look into your mail, or try again later."""

    code = "password_reset.too_many"


async def ask(desk: Desk, email: str, *, address: str) -> None:
    """Send a mail that lets the owner of an e-mail address choose a new password, if there is one.

    Raises MailNotSetUp, BadEmail, TooManyResets.
    """
    mails.check_set_up(desk.config)
    email = email_of(email)
    await _count(
        desk, {f"reset:{token_hash(email)}": _MOST_FOR_MAIL, f"resets:{address}": _MOST_FROM_ADDRESS}
    )
    await mails.queue(desk, Forgotten(id=new_id(), email=email, address=address))


async def answer(desk: Desk, claimed: Claimed, wish: Forgotten) -> None:
    """Have the mail sent that was wished for, if there is an account."""
    user = await users.by_email(desk.work, wish.email)
    if user is not None and user.is_active and not user.is_bot:
        await _send(desk, user, address=wish.address)
    await mails.sent(desk, claimed)


async def reset(desks: Desks, token: str, new_password: str) -> None:
    """Give an account a new password, by the token of a mail; all its sessions end.

    Raises DeadLink, ExpiredLink, BadPassword, PasswordTooLong, HashingBusy.
    """
    async with desks.reading() as desk:
        await _account(desk, token)
    password_hash = await desks.hashed_password(new_password)
    async with desks.writing() as desk:
        user = await _account(desk, token)
        if not await store.take(desk.work, token_hash(token)):
            raise DeadLink
        await accounts.set_password(desk, user.id, password_hash, by=user.id)


async def _send(desk: Desk, user: User, *, address: str) -> None:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    await store.forget_old(desk.work, until=desk.now)
    sent = PasswordReset(user_id=user.id, email=user.email, expires_at=desk.now + LIVES_MS)
    await store.add(desk.work, token_hash(token), sent)
    await desk.record(Deed.USER_PASSWORD_RESET_ASKED, user.id, by="", address=address)
    letter = letters.password_reset(
        new_id(),
        user.email,
        locale=user.locale,
        site_name=desk.config.site_name,
        username=user.username,
        link=f"{desk.config.site_url.rstrip('/')}/reset_password_complete?token={quote(token)}",
    )
    await mails.queue(desk, letter)


async def _account(desk: Desk, token: str) -> User:
    """Whose password a token may set."""
    sent = await store.by_token(desk.work, token_hash(token))
    user = await users.by_id(desk.work, sent.user_id) if sent else None
    if sent is None or user is None or not user.is_active:
        raise DeadLink
    if sent.expires_at <= desk.now or sent.email != user.email:
        raise ExpiredLink
    return user


async def _count(desk: Desk, limits: dict[str, int]) -> None:
    """Count one more time, unless it were one too many."""
    since = desk.now - WINDOW_MS
    for asked in await failures.of_subjects(desk.work, list(limits), now=desk.now, since=since):
        if asked.count >= limits[asked.subject]:
            left_ms = asked.first_at + WINDOW_MS - desk.now
            raise TooManyResets(retry_after_s=max(1, -(-left_ms // SECOND_MS)))
    await failures.count(desk.work, list(limits), now=desk.now, since=since)
