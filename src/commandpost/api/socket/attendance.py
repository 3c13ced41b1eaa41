"""Notes in people's statuses that they came and went, from whether they have a living socket."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NoReturn

import structlog

from commandpost.kernel.clock import Millis
from commandpost.kernel.errors import Unavailable
from commandpost.live.hub import Hub
from commandpost.workspace.actions import statuses
from commandpost.workspace.desk import Desks

_RETURN_WITHIN_S = 5.0
_AT_ONCE = 100
_SAY_EVERY_S = 10.0
_DEAD_AFTER_S = 30.0
_GO_WITHIN_S = 1.0

_log = structlog.get_logger()


class Roster:
    """Which other servers have been silent for so long that they are dead.

    Judged by how long, in this server's own time, what they last said has stayed the same: the clocks of
    machines differ and jump.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._known: dict[str, tuple[Millis, float]] = {}
        self._looked_at = float("-inf")

    def dead(self, others: Mapping[str, Millis]) -> dict[str, Millis]:
        """The dead ones among those that are listed, with what they last said."""
        now = self._monotonic()
        stood_still = now - self._looked_at > _DEAD_AFTER_S
        self._looked_at = now
        before = {} if stood_still else self._known
        self._known = {
            node_id: known if (known := before.get(node_id)) and known[0] == said else (said, now)
            for node_id, said in others.items()
        }
        return {
            node_id: said for node_id, (said, since) in self._known.items() if now - since >= _DEAD_AFTER_S
        }


class Attendance:
    """Who is there, noted by one writer, many people in one work.

    What is noted is how things stand just then, and looked at again once it is noted, so no order of comings
    and goings can leave a wrong note. Somebody who is back within a few seconds (a page loaded anew) was
    never away.
    """

    def __init__(
        self,
        desks: Desks,
        hub: Hub,
        node_id: str,
        *,
        return_within_s: float = _RETURN_WITHIN_S,
        go_within_s: float = _GO_WITHIN_S,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._desks = desks
        self._hub = hub
        self._node_id = node_id
        self._return_within_s = return_within_s
        self._go_within_s = go_within_s
        self._roster = Roster(monotonic)
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
        """At the end: nobody is connected here any more.

        Where that cannot be noted, other servers take this one for dead, or it clears up at its next start.
        """
        try:
            async with asyncio.timeout(self._go_within_s), self._desks.writing() as desk:
                await statuses.close_node(desk, self._node_id)
        except (Unavailable, TimeoutError) as cause:
            _log.warning("the node could not say that it goes", cause=str(cause) or "no answer in time")

    async def say(self) -> NoReturn:
        """Say every ten seconds that this node is there, and notice which others are not, until cancelled."""
        while True:
            await asyncio.sleep(_SAY_EVERY_S)
            try:
                await self.call_the_roll()
            except Exception:  # noqa: BLE001 -- the edge of a job: the next time tries again
                _log.exception("the node could not say that it is there")

    async def call_the_roll(self) -> None:
        """Say that this node is there. If others took it for dead, note again who is connected to it."""
        async with self._desks.writing() as desk:
            roll = await statuses.keep_node(desk, self._node_id)
            if dead := self._roster.dead(roll.others):
                await statuses.bury_nodes(desk, dead)
        if not roll.was_known:
            self._present.clear()
            for user_id in self._hub.connected_users():
                self._look_at(user_id)

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
