"""The way out for mail: one SMTP server, spoken to by aiosmtplib."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate

import aiosmtplib

from commandpost.kernel.clock import SECOND_MS, Millis
from commandpost.kernel.errors import Upstream
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.mail import Mail

TIMEOUT_S = 20.0
"""For the connection and for each answer."""

_FOR_EVER = 500


class MailNotSent(Upstream):
    """The mail server could not be reached, or did not take the mail."""

    code = "mail.not_sent"


class MailRefused(Upstream):
    """The mail server will never take this mail."""

    code = "mail.refused"


class MailServer:
    """Sends mail through the server that the settings name; the password is the environment's."""

    def __init__(self, password: str) -> None:
        self._password = password

    async def send(self, config: Config, mail: Mail, *, at: Millis) -> None:
        """Hand one mail over. Raises MailNotSent, MailRefused."""
        try:
            message = _message(config, mail, at=at)
        except (MessageError, ValueError) as cause:
            raise MailRefused(f"The mail cannot be written: {cause}.") from cause
        async with self._connected(config) as server:
            await server.send_message(message)

    async def check(self, config: Config) -> None:
        """Connect, greet and log in, without sending anything. Raises MailNotSent."""
        async with self._connected(config):
            return

    @asynccontextmanager
    async def _connected(self, config: Config) -> AsyncGenerator[aiosmtplib.SMTP]:
        server = aiosmtplib.SMTP(
            hostname=config.smtp_server,
            port=int(config.smtp_port),
            username=config.smtp_username or None,
            password=self._password if config.smtp_username else None,
            use_tls=config.connection_security == "TLS",
            start_tls=config.connection_security == "STARTTLS",
            timeout=TIMEOUT_S,
        )
        try:
            async with server:
                yield server
        except aiosmtplib.SMTPRecipientsRefused as cause:
            if all(refused.code >= _FOR_EVER for refused in cause.recipients):
                raise MailRefused("The mail server does not know the receiver.") from cause
            raise MailNotSent("The mail server does not take mail for the receiver now.") from cause
        except (aiosmtplib.SMTPException, OSError) as cause:
            raise MailNotSent(f"{config.smtp_server} port {config.smtp_port}: {cause}") from cause


def _message(config: Config, mail: Mail, *, at: Millis) -> EmailMessage:
    sender = Address(display_name=config.feedback_name or config.site_name, addr_spec=config.feedback_email)
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = formatdate(at / SECOND_MS)
    message["Message-ID"] = f"<{mail.id}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    return message
