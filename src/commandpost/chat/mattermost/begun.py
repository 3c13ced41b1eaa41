"""Undoing starts that came to nothing: channels made for incidents that are not there.

A crash, a refusal or an outage in the middle of a start leaves a note. When that is due, the channel is
looked for and archived, unless an incident has it.
"""

import asyncio
from contextlib import suppress
from typing import NoReturn
from urllib.parse import quote

import structlog

from commandpost.chat.mattermost.client import Refused, Unreachable, read
from commandpost.chat.mattermost.server import Mattermost
from commandpost.chat.mattermost.store import starts
from commandpost.chat.mattermost.store.starts import Start
from commandpost.chat.mattermost.wire import ChannelWire
from commandpost.incidents.actions import witness
from commandpost.kernel.clock import MINUTE_MS, SECOND_MS, Millis

_LOOK_EVERY_S = 20.0
_AGAIN_MS = 30 * SECOND_MS
_CLOCKS_APART_MS = 5 * MINUTE_MS

_log = structlog.get_logger(__name__)


class Begun:
    """Undoes what is due. `undone` counts channels put away since the start."""

    def __init__(self, server: Mattermost) -> None:
        self._server = server
        self._woken = asyncio.Event()
        self.undone = 0

    def wake(self) -> None:
        """Look again now."""
        self._woken.set()

    async def run(self) -> NoReturn:
        """Undo until cancelled."""
        while True:
            self._woken.clear()
            try:
                await self.undo_due()
            except Exception:  # noqa: BLE001 the edge of the job: it is tried again
                _log.exception("starts_not_undone")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), _LOOK_EVERY_S)

    async def undo_due(self) -> None:
        """Undo what is due now."""
        now = self._server.clock.now()
        async with self._server.database.write() as work:
            due = await starts.due(work, now=now)
            for start in due:
                await starts.again(work, start.id, at=Millis(now + _AGAIN_MS))
        for start in due:
            with suppress(Unreachable):
                await self._undo(start)

    async def _undo(self, start: Start) -> None:
        channel_id = start.channel_id or await self._found(start)
        if channel_id and not await self._is_used(channel_id):
            try:
                await self._server.client.call("DELETE", f"/channels/{channel_id}", probing=True)
                self.undone += 1
                _log.warning("start_undone", channel_id=channel_id)
            except Refused as refusal:
                _log.warning("start_not_undone", channel_id=channel_id, why=refusal.message)
        async with self._server.database.write() as work:
            await starts.forget(work, start.id)

    async def _is_used(self, channel_id: str) -> bool:
        async with self._server.database.read() as work:
            return await witness.is_followed(work, channel_id)

    async def _found(self, start: Start) -> str:
        """The channel of a start whose answer never came, if it is one that the bot made then."""
        path = f"/teams/{quote(start.team_id, safe='')}/channels/name/{quote(start.name, safe='')}"
        try:
            channel = read(await self._server.client.call("GET", path, probing=True), ChannelWire)
        except Refused:
            return ""
        is_ours = channel.creator_id == self._server.bot.id
        is_of_then = channel.create_at >= start.create_at - _CLOCKS_APART_MS
        return channel.id if is_ours and is_of_then else ""
