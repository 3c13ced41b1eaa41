"""What falls due by itself: done when it is, and after a start what fell due while no server ran."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

import structlog

from commandpost.incidents.ports import Desk, Desks
from commandpost.kernel.clock import SECOND_MS, Clock, Millis

_LONGEST_SLEEP_S = 30.0
"""Look at least this often: another node may have set something due and died."""

_AFTER_FAILURE_S = 5.0
_AT_ONCE = 100

_log = structlog.get_logger(__name__)


class WhenDue(ABC):
    """Sleeps until the next thing is due, does it, and so on; a thing's key is the id of its
    incident, or of a user.

    `is_on` tells whether the product is switched on: while it is off, things wait. `fired` counts those done
    since the start.
    """

    def __init__(self, desks: Desks, clock: Clock, is_on: Callable[[], bool]) -> None:
        self._desks = desks
        self._clock = clock
        self._is_on = is_on
        self._woken = asyncio.Event()
        self.fired = 0

    @abstractmethod
    async def due(self, desk: Desk, *, limit: int) -> Sequence[str]:
        """The keys of what is due, the longest waiting first."""

    @abstractmethod
    async def next_due_at(self, desk: Desk) -> Millis | None:
        """When something will be due next, or was; None if nothing is pending."""

    @abstractmethod
    async def fire(self, desk: Desk, key: str) -> bool:
        """Do it, if it is still due; tells whether it was, for another node may have been faster."""

    def wake(self) -> None:
        """Look again now what is due."""
        self._woken.set()

    async def run(self) -> None:
        """Do what is due until cancelled; what is being done then is done after the next start."""
        while True:
            self._woken.clear()
            try:
                pause_s = await self.fire_due()
            except Exception:  # noqa: BLE001 the edge of the job: a database that is away comes back
                _log.exception("what is due cannot be read", job=type(self).__name__)
                pause_s = _AFTER_FAILURE_S
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), pause_s)

    async def fire_due(self) -> float:
        """Do everything that is due; gives the seconds until there may be more to do."""
        if not self._is_on():
            return _LONGEST_SLEEP_S
        async with self._desks.reading() as desk:
            due = await self.due(desk, limit=_AT_ONCE)
        failed = [key for key in due if not await self._fired(key)]
        if failed:
            return _AFTER_FAILURE_S
        async with self._desks.reading() as desk:
            next_at = await self.next_due_at(desk)
        if next_at is None:
            return _LONGEST_SLEEP_S
        return min(max((next_at - self._clock.now()) / SECOND_MS, 0.0), _LONGEST_SLEEP_S)

    async def _fired(self, key: str) -> bool:
        try:
            was_due = await self._desks.repeated(partial(self._fire, key))
        except Exception:  # noqa: BLE001 the edge of the job: one thing must not hold up the others
            _log.exception("what was due failed", job=type(self).__name__, key=key)
            return False
        self.fired += was_due
        return True

    async def _fire(self, key: str) -> bool:
        async with self._desks.writing() as desk:
            return await self.fire(desk, key)
