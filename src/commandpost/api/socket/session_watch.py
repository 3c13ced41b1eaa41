"""Finds the sockets whose sessions have ended in a way that this process does not hear of."""

import asyncio
from itertools import islice
from typing import NoReturn

import structlog

from commandpost.live.hub import Hub
from commandpost.live.message import SessionEnded
from commandpost.workspace.actions import sessions
from commandpost.workspace.desk import Desks

_EVERY_S = 5.0
_AT_ONCE = 1000

_log = structlog.get_logger()


class SessionWatch:
    """Looks every few seconds which sessions with sockets here are still good, many in one question.

    A session that is ended in this process closes its sockets at once. The watch finds those that ran out by
    themselves, and those that another process has ended: the command line, another server.
    """

    def __init__(self, desks: Desks, hub: Hub) -> None:
        self._desks = desks
        self._hub = hub

    async def keep(self) -> NoReturn:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(_EVERY_S)
            try:
                await self.look()
            except Exception:  # noqa: BLE001 -- the edge of a job: the next look finds what this one did not
                _log.exception("the sessions of sockets were not looked at")

    async def look(self) -> None:
        """Close the sockets of sessions that have ended."""
        user_of = self._hub.sessions()
        waiting = iter(user_of)
        while some := list(islice(waiting, _AT_ONCE)):
            async with self._desks.reading() as desk:
                ended = await sessions.ended_among(desk, some)
            for session_id in ended:
                self._hub.deliver(SessionEnded(user_of[session_id], session_id))
            await asyncio.sleep(0)
