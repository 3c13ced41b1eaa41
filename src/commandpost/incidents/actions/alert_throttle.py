"""How fast a sender of alerts may be: a storm is taken in, a flood without end is not."""

import asyncio
from functools import partial

from commandpost.incidents.ports import Desks
from commandpost.incidents.store import alert_allowances
from commandpost.kernel.clock import SECOND_MS, Millis

PER_S = 50
BURST = 2000
"""Requests: so many each second in the long run, so many at once; on all servers together."""

_TAKEN_AT_ONCE = PER_S
_TAKEN_MS = SECOND_MS * _TAKEN_AT_ONCE // PER_S
_AHEAD_MS = SECOND_MS * BURST // PER_S


class _Purse:
    """What this process has taken of a source's allowance and not used, or until when there is none."""

    def __init__(self) -> None:
        self.left = 0
        self.empty_until = 0
        self.lock = asyncio.Lock()


class Throttle:
    """A bucket of requests for each source, which fills again with time. For one event loop.

    The bucket is in the database, for all servers; a process takes some requests at once out of it, so that
    a storm does not write for each.
    """

    def __init__(self, desks: Desks) -> None:
        self._desks = desks
        self._purses: dict[str, _Purse] = {}

    async def wait_s(self, source_id: str, *, now: Millis) -> float:
        """Take a request out of the bucket; gives 0, or the seconds until there is one if it is empty."""
        purse = self._purses.setdefault(source_id, _Purse())
        async with purse.lock:
            if not purse.left and not now < purse.empty_until <= now + SECOND_MS:
                await self._desks.repeated(partial(self._fill, purse, source_id))
            if not purse.left:
                return max(purse.empty_until - now, 1) / SECOND_MS
            purse.left -= 1
            return 0.0

    async def _fill(self, purse: _Purse, source_id: str) -> None:
        """Take requests out of the bucket, or note when there will be as many."""
        async with self._desks.writing() as desk:
            most = desk.now + _AHEAD_MS
            found = await alert_allowances.used_until(desk.work, source_id, now=desk.now)
            # What a clock that was ahead has left there is no reason to wait for longer than the rest does.
            used_until = min(max(found, desk.now), most)
            is_enough = used_until + _TAKEN_MS <= most
            until = used_until + _TAKEN_MS if is_enough else used_until
            await alert_allowances.use(desk.work, source_id, until=until)
        purse.left = _TAKEN_AT_ONCE if is_enough else 0
        purse.empty_until = used_until + _TAKEN_MS - _AHEAD_MS
