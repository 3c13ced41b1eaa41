"""A real SMTP server on loopback, that keeps what it gets and can be made to refuse."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.support.patience import PATIENCE_S
from tests.support.people import Person, Room

FROM = "post@commandpost.test"


@dataclass
class Letterbox:
    """The server: the mails it got. `receiver_verdict` and `verdict` are what it says to those offered."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list[EmailMessage])
    logins: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    asked: int = 0
    receiver_verdict: str = "250 OK"
    verdict: str = "250 OK"
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle_RCPT(  # noqa: N802 -- named by aiosmtpd
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if not self.receiver_verdict.startswith("250"):
            self._notice()
            return self.receiver_verdict
        envelope.rcpt_tos.append(address)
        return self.receiver_verdict

    async def handle_DATA(  # noqa: N802 -- named by aiosmtpd
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.verdict.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.mails.append(message_from_bytes(content, policy=policy.default))  # pyright: ignore
        self._notice()
        return self.verdict

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object
    ) -> AuthResult:
        login, password = given.login.decode(), given.password.decode()  # pyright: ignore
        self.logins.append((login, password))
        return AuthResult(success=password == "right", handled=False)

    def _notice(self) -> None:
        self.asked += 1
        self.woken.set()

    async def times_asked(self, times: int) -> None:
        """Wait until so many mails were offered."""
        async with asyncio.timeout(PATIENCE_S):
            while self.asked < times:
                self.woken.clear()
                await self.woken.wait()

    async def mail_to(self, address: str) -> EmailMessage:
        """Wait for a mail to somebody; others may get theirs meanwhile."""
        async with asyncio.timeout(PATIENCE_S):
            while not (found := [mail for mail in self.mails if mail["To"] == address]):
                self.woken.clear()
                await self.woken.wait()
        return found[-1]

    def smtp(self) -> SMTP:
        """What talks with one client."""
        return SMTP(
            self,
            hostname="mail.test",
            authenticator=self.authenticate,
            auth_require_tls=False,
            enable_SMTPUTF8=True,
        )


@pytest.fixture
async def letterbox(room: Room, admin: Person) -> AsyncGenerator[Letterbox]:
    """A mail server that the room sends its mail through."""
    box = Letterbox()
    server = await asyncio.get_running_loop().create_server(box.smtp, "127.0.0.1", 0)
    box.port = server.sockets[0].getsockname()[1]
    mail = {"SMTPServer": "127.0.0.1", "SMTPPort": str(box.port), "FeedbackEmail": FROM}
    assert (await admin.put("/config/patch", {"EmailSettings": mail})).status_code == 200
    yield box
    server.close()
