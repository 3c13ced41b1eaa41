"""Sending mail as it falls due, and what another node left unsent."""

import asyncio
from contextlib import suppress
from typing import NoReturn

import structlog

from commandpost.kernel.clock import SECOND_MS, Clock
from commandpost.workspace.actions import mails, password_resets
from commandpost.workspace.actions.mails import Claimed
from commandpost.workspace.desk import Desks
from commandpost.workspace.events import MailWaiting
from commandpost.workspace.mail import MailNotSent, MailRefused, MailServer
from commandpost.workspace.model.mail import Forgotten, Mail

_LONGEST_SLEEP_S = 30.0
_AFTER_FAILURE_S = 5.0

_log = structlog.get_logger(__name__)


class Mails:
    """Sends one mail after the other. `sent` counts since the start."""

    def __init__(self, desks: Desks, clock: Clock, server: MailServer) -> None:
        self._desks = desks
        self._clock = clock
        self._server = server
        self._woken = asyncio.Event()
        self.sent = 0

    def hear(self, fact: object) -> None:
        """Take note of a committed fact: there may be mail to send."""
        if isinstance(fact, MailWaiting):
            self.wake()

    def wake(self) -> None:
        """Look again now what is due."""
        self._woken.set()

    async def run(self) -> NoReturn:
        """Send until cancelled; what is under way then is sent again after its lease."""
        while True:
            self._woken.clear()
            try:
                pause_s = await self._send_due()
            except Exception:  # noqa: BLE001 the edge of the job: a database that is away comes back
                _log.exception("mail_not_read")
                pause_s = _AFTER_FAILURE_S
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), pause_s)

    async def _send_due(self) -> float:
        """Send what is due; gives the seconds until there may be more to do."""
        if not self._desks.config.smtp_server:
            return _LONGEST_SLEEP_S
        while (claimed := await self._claimed()) is not None:
            if isinstance(claimed.mail, Forgotten):
                async with self._desks.writing() as desk:
                    await password_resets.answer(desk, claimed, claimed.mail)
            else:
                await self._send(claimed, claimed.mail)
        async with self._desks.reading() as desk:
            next_at = await mails.next_due_at(desk)
        if next_at is None:
            return _LONGEST_SLEEP_S
        return min(max((next_at - self._clock.now()) / SECOND_MS, 0.0), _LONGEST_SLEEP_S)

    async def _claimed(self) -> Claimed | None:
        async with self._desks.writing() as desk:
            return await mails.claim(desk)

    async def _send(self, claimed: Claimed, mail: Mail) -> None:
        try:
            await self._server.send(self._desks.config, mail, at=self._clock.now())
        except MailRefused as cause:
            async with self._desks.writing() as desk:
                await mails.refused(desk, claimed, cause.message)
        except MailNotSent as cause:
            async with self._desks.writing() as desk:
                await mails.failed(desk, claimed, cause.message)
        else:
            async with self._desks.writing() as desk:
                await mails.sent(desk, claimed)
            self.sent += 1
