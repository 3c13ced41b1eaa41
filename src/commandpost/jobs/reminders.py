"""Firing reminders when they are due, and those that fell due while no server ran."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog

from commandpost.incidents.actions import reminders
from commandpost.incidents.events import ReminderSet
from commandpost.incidents.ports import Desks
from commandpost.kernel.clock import SECOND_MS, Clock

_LONGEST_SLEEP_S = 30.0
"""Look at least this often: another node may have set a reminder and died."""

_AFTER_FAILURE_S = 5.0
_AT_ONCE = 100

_log = structlog.get_logger(__name__)


class Reminders:
    """Sleeps until the next reminder is due, shows it, and so on.

    `is_on` tells whether the product is switched on: while it is off, reminders wait. `fired` counts those
    shown since the start.
    """

    def __init__(self, desks: Desks, clock: Clock, is_on: Callable[[], bool]) -> None:
        self._desks = desks
        self._clock = clock
        self._is_on = is_on
        self._woken = asyncio.Event()
        self.fired = 0

    def hear(self, fact: object) -> None:
        """Take note of a committed fact: a reminder that was set may be due before all others."""
        if isinstance(fact, ReminderSet):
            self.wake()

    def wake(self) -> None:
        """Look again now what is due."""
        self._woken.set()

    async def run(self) -> None:
        """Fire reminders until cancelled; one that is being fired then is fired after the next start."""
        while True:
            self._woken.clear()
            try:
                pause_s = await self.fire_due()
            except Exception:  # noqa: BLE001 the edge of the job: a database that is away comes back
                _log.exception("reminders_not_read")
                pause_s = _AFTER_FAILURE_S
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), pause_s)

    async def fire_due(self) -> float:
        """Show every reminder that is due; gives the seconds until there may be more to do."""
        if not self._is_on():
            return _LONGEST_SLEEP_S
        async with self._desks.reading() as desk:
            due = await reminders.due(desk, limit=_AT_ONCE)
        failed = [incident_id for incident_id in due if not await self._fired(incident_id)]
        if failed:
            return _AFTER_FAILURE_S
        async with self._desks.reading() as desk:
            next_at = await reminders.next_due_at(desk)
        if next_at is None:
            return _LONGEST_SLEEP_S
        return min(max((next_at - self._clock.now()) / SECOND_MS, 0.0), _LONGEST_SLEEP_S)

    async def _fired(self, incident_id: str) -> bool:
        try:
            async with self._desks.writing() as desk:
                await reminders.fire(desk, incident_id)
        except Exception:  # noqa: BLE001 the edge of the job: one reminder must not hold up the others
            _log.exception("reminder_not_shown", incident_id=incident_id)
            return False
        self.fired += 1
        return True
