"""Listening to Mattermost: one connection after the other, and after each gap what was missed.

Also while all is well everything is compared now and then: what no event tells is noticed too.
"""

import asyncio
import random
from contextlib import aclosing, suppress
from typing import NoReturn

import structlog

from commandpost.chat.mattermost.catching_up import CatchingUp
from commandpost.chat.mattermost.client import Refused, Unreachable
from commandpost.chat.mattermost.delivery import Delivery
from commandpost.chat.mattermost.hearing import Hearing
from commandpost.chat.mattermost.line import events
from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.wire import EventWire

_HELLO_WITHIN_S = 10.0
_PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
_COMPARED_EVERY_S = 600.0
_AGAIN_AFTER_S = 5.0

_log = structlog.get_logger(__name__)


class Listening:
    """`connections` and `gaps` count since the start; `is_connected`: whether events come just now."""

    def __init__(
        self, server: Mattermost, hearing: Hearing, catching_up: CatchingUp, delivery: Delivery
    ) -> None:
        self._server = server
        self._hearing = hearing
        self._catching_up = catching_up
        self._delivery = delivery
        self._missed = asyncio.Event()
        self._next_seq = 0
        self.is_connected = False
        self.connections = 0
        self.gaps = 0

    async def run(self) -> NoReturn:
        """Listen until cancelled."""
        failures = 0
        while True:
            before = self.connections
            try:
                await self._listen()
            except Unreachable as cause:
                _log.debug("mattermost_line_broken", why=cause.message)
            except Exception:  # noqa: BLE001 the edge of the job: it is connected anew
                _log.exception("mattermost_not_heard")
            failures = 1 if self.connections > before else failures + 1
            pause_s = _PAUSES_S[min(failures, len(_PAUSES_S)) - 1]
            await asyncio.sleep(pause_s * random.uniform(0.5, 1.0))  # noqa: S311 no secret

    async def _listen(self) -> None:
        """One connection, from its `hello` to its end. Raises Unreachable."""
        async with aclosing(events(self._server.client)) as stream:
            try:
                async with asyncio.timeout(_HELLO_WITHIN_S):
                    hello = await anext(stream)
            except (StopAsyncIteration, TimeoutError):
                await self._server.meet()
                raise Unreachable from None
            self._server.memory.confirm_all()
            self._next_seq = hello.seq + 1
            self._missed.set()
            self.connections += 1
            self.is_connected = True
            _log.info("mattermost_listening", connection=self.connections)
            keeping_up = asyncio.create_task(self._keep_up())
            try:
                async for event in stream:
                    self._count(event)
                    await self._hearing.hear(event)
            finally:
                self.is_connected = False
                keeping_up.cancel()
                await asyncio.gather(keeping_up, return_exceptions=True)

    def _count(self, event: EventWire) -> None:
        """Notice a gap: one that fills it later, out of its turn, is heard all the same."""
        if event.seq > self._next_seq:
            self.gaps += 1
            _log.warning("mattermost_events_missed", count=event.seq - self._next_seq)
            self._server.memory.confirm_all()
            self._missed.set()
        self._next_seq = max(self._next_seq, event.seq + 1)

    async def _keep_up(self) -> NoReturn:
        """Catch up now, after every gap, and every few minutes."""
        while True:
            self._missed.clear()
            pause_s = _COMPARED_EVERY_S
            try:
                await self._delivery.hurry()
                await self._catching_up.everything()
            except (Unreachable, Refused) as cause:
                _log.warning("mattermost_not_caught_up", why=cause.message)
                pause_s = _AGAIN_AFTER_S
            except Exception:  # noqa: BLE001 the edge of the job: it is tried again
                _log.exception("mattermost_not_caught_up")
                pause_s = _AGAIN_AFTER_S
            with suppress(TimeoutError):
                await asyncio.wait_for(self._missed.wait(), pause_s)
