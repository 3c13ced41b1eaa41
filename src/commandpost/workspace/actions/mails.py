"""Mail: queued with what it tells of, then claimed, handed to the mail server, and done or tried again."""

from dataclasses import dataclass, replace

import msgspec
import structlog

from commandpost.kernel.clock import DAY_MS, MINUTE_MS, SECOND_MS
from commandpost.kernel.errors import SwitchedOff
from commandpost.workspace.desk import Desk
from commandpost.workspace.events import MailWaiting
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.mail import Forgotten, Mail
from commandpost.workspace.store import mails as store
from commandpost.workspace.store.mails import Waiting

KEPT_MS = DAY_MS
"""What could not be sent within this time is not sent any more."""

_LEASE_MS = 5 * MINUTE_MS
_PAUSES_MS = (10 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS)

_decode = msgspec.json.Decoder(Mail | Forgotten).decode

_log = structlog.get_logger(__name__)


class MailNotSetUp(SwitchedOff):
    """This server cannot send mail yet; please ask an administrator for help."""

    code = "mail.not_set_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A mail that is the caller's to send, or a wish that is theirs to answer."""

    waiting: Waiting
    mail: Mail | Forgotten


def check_set_up(config: Config) -> None:
    """Refuse what needs mail where there is none. Raises MailNotSetUp."""
    if not is_set_up(config):
        raise MailNotSetUp


def is_set_up(config: Config) -> bool:
    """Whether there is a mail server, and what mail must say of us."""
    return bool(config.smtp_server and config.feedback_email and config.site_url)


async def queue(desk: Desk, mail: Mail | Forgotten) -> None:
    """Have a mail sent, or a wish answered, once this work is committed. It is kept encrypted until then."""
    await store.add(desk.work, mail.id, desk.vault.sealed(msgspec.json.encode(mail).decode()), now=desk.now)
    desk.tell(MailWaiting())


async def claim(desk: Desk) -> Claimed | None:
    """The mail that has been due longest, until its lease runs out; None if there is none.

    Raises vault.Unreadable, and so leaves the mail for when there is the right key.
    """
    while waiting := await store.first_due(desk.work, now=desk.now):
        until = desk.now + _LEASE_MS
        if not await store.claim(desk.work, waiting, now=desk.now, until=until):
            continue
        claimed = replace(waiting, attempts=waiting.attempts + 1)
        if waiting.create_at > desk.now - KEPT_MS:
            return Claimed(waiting=claimed, mail=_decode(desk.vault.opened(waiting.sealed)))
        _log.warning("a mail is given up: it could not be sent in time", mail_id=waiting.id)
        await store.done(desk.work, claimed)
    return None


async def sent(desk: Desk, claimed: Claimed) -> None:
    """The mail server has it, or the wish is answered."""
    await store.done(desk.work, claimed.waiting)


async def failed(desk: Desk, claimed: Claimed, why: str) -> None:
    """Try again after a while."""
    attempts = claimed.waiting.attempts
    _log.warning("a mail is not sent yet", mail_id=claimed.mail.id, attempt=attempts, why=why)
    pause_ms = _PAUSES_MS[min(attempts, len(_PAUSES_MS)) - 1]
    await store.again(desk.work, claimed.waiting, at=desk.now + pause_ms)


async def refused(desk: Desk, claimed: Claimed, why: str) -> None:
    """Give up: it could not succeed later either."""
    _log.warning("a mail cannot be sent", mail_id=claimed.mail.id, why=why)
    await store.done(desk.work, claimed.waiting)


async def next_due_at(desk: Desk) -> int | None:
    """When there is something to be sent next."""
    return await store.next_due_at(desk.work)
