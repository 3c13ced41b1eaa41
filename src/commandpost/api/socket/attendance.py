"""Notes in people's statuses that they came and went, from whether they have a living socket."""

import asyncio
from collections.abc import Sequence
from typing import NoReturn

import structlog

from commandpost.live.hub import Hub
from commandpost.workspace.actions import statuses
from commandpost.workspace.desk import Desks

_RETURN_WITHIN_S = 5.0
_AT_ONCE = 100
_SAY_EVERY_S = 10.0

_log = structlog.get_logger()


class Attendance:
    """Who is there, noted by one writer, many people in one work.

    What is noted is how things stand just then, and looked at again once it is noted, so no order of comings
    and goings can leave a wrong note. Somebody who is back within a few seconds (a page loaded anew) was
    never away.
    """

    def __init__(
        self, desks: Desks, hub: Hub, node_id: str, *, return_within_s: float = _RETURN_WITHIN_S
    ) -> None:
        self._desks = desks
        self._hub = hub
        self._node_id = node_id
        self._return_within_s = return_within_s
        self._present: set[str] = set()
        self._moved: dict[str, None] = {}
        self._stirred = asyncio.Event()

    def came(self, user_id: str) -> None:
        """A socket of this user has opened."""
        self._look_at(user_id)

    def went(self, user_id: str) -> None:
        """A socket of this user is gone."""
        if not self._hub.is_connected(user_id):
            asyncio.get_running_loop().call_later(self._return_within_s, self._look_at, user_id)

    async def open(self, *, is_only: bool) -> None:
        """At the start: this node is there. `is_only`: no other can be on this database."""
        async with self._desks.writing() as desk:
            await statuses.open_node(desk, self._node_id, is_only=is_only)

    async def close(self) -> None:
        """At the end: nobody is connected here any more."""
        async with self._desks.writing() as desk:
            await statuses.close_node(desk, self._node_id)

    async def say(self) -> NoReturn:
        """Say every ten seconds that this node is there, and notice which others are not, until cancelled."""
        while True:
            await asyncio.sleep(_SAY_EVERY_S)
            try:
                async with self._desks.writing() as desk:
                    await statuses.keep_node(desk, self._node_id)
            except Exception:  # noqa: BLE001 -- the edge of a job: the next time tries again
                _log.exception("the node could not say that it is there")

    async def keep(self) -> NoReturn:
        """Write down who came and went, until cancelled."""
        while True:
            await self._stirred.wait()
            self._stirred.clear()
            while self._moved:
                some = sorted(self._moved)[:_AT_ONCE]
                for user_id in some:
                    del self._moved[user_id]
                try:
                    await self._note(some)
                except Exception:  # noqa: BLE001 -- the edge of a job: the next coming or going tries again
                    _log.exception("who came and went was not noted")

    def _look_at(self, user_id: str) -> None:
        if self._hub.is_connected(user_id) != (user_id in self._present):
            self._moved[user_id] = None
            self._stirred.set()

    async def _note(self, user_ids: Sequence[str]) -> None:
        present = {user_id for user_id in user_ids if self._hub.is_connected(user_id)}
        absent = set(user_ids) - present
        async with self._desks.writing() as desk:
            await statuses.attend(desk, self._node_id, present=present, absent=absent)
        self._present -= set(user_ids)
        self._present |= present
        for user_id in user_ids:
            self._look_at(user_id)
