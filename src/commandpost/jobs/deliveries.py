"""Telling servers outside of posts, for outgoing webhooks: what is due, and what another node left undone."""

import asyncio
from contextlib import suppress
from typing import NoReturn

import structlog

from commandpost.kernel.clock import SECOND_MS, Clock
from commandpost.kernel.errors import Upstream
from commandpost.workspace.actions import deliveries
from commandpost.workspace.actions.deliveries import Claimed
from commandpost.workspace.desk import Desks
from commandpost.workspace.events import DeliveryWaiting
from commandpost.workspace.outbound import AddressNotAllowed, AnswerTooLarge

_LONGEST_SLEEP_S = 30.0
_AFTER_FAILURE_S = 5.0
_MOST_AT_ONCE = 20

_log = structlog.get_logger(__name__)


class Deliveries:
    """Makes deliveries as they fall due, several at once, but one at a time for each webhook.

    `made` counts those that arrived since the start.
    """

    def __init__(self, desks: Desks, clock: Clock) -> None:
        self._desks = desks
        self._clock = clock
        self._woken = asyncio.Event()
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self.made = 0

    def hear(self, fact: object) -> None:
        """Take note of a committed fact: there may be something to deliver."""
        if isinstance(fact, DeliveryWaiting):
            self.wake()

    def wake(self) -> None:
        """Look again now what is due."""
        self._woken.set()

    async def rest(self) -> None:
        """Wait until nothing is under way."""
        await asyncio.gather(*self._under_way.values())

    async def abandon(self) -> None:
        """Leave what is under way as it is: it is delivered again after its lease."""
        under_way = list(self._under_way.values())
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def run(self) -> NoReturn:
        """Deliver until cancelled; what is under way then is delivered again after its lease."""
        try:
            while True:
                self._woken.clear()
                try:
                    pause_s = await self._start_due()
                except Exception:  # noqa: BLE001 the edge of the job: a database that is away comes back
                    _log.exception("deliveries_not_read")
                    pause_s = _AFTER_FAILURE_S
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), pause_s)
        finally:
            await self.abandon()

    async def _start_due(self) -> float:
        """Begin what is due and there is room for; gives the seconds until there may be more to do."""
        room = _MOST_AT_ONCE - len(self._under_way)
        if room <= 0:
            return _LONGEST_SLEEP_S
        busy = tuple(self._under_way)
        async with self._desks.reading() as desk:
            due = await deliveries.due(desk, busy=busy, limit=room)
        for delivery in due:
            async with self._desks.writing() as desk:
                claimed = await deliveries.claim(desk, delivery)
            if claimed is not None:
                self._under_way[delivery.hook_id] = asyncio.create_task(self._deliver(claimed))
        if due:
            return 0.0
        async with self._desks.reading() as desk:
            next_at = await deliveries.next_due_at(desk, busy=busy)
        if next_at is None:
            return _LONGEST_SLEEP_S
        return min(max((next_at - self._clock.now()) / SECOND_MS, 0.0), _LONGEST_SLEEP_S)

    async def _deliver(self, claimed: Claimed) -> None:
        delivery = claimed.delivery
        try:
            await self._attempt(claimed)
        except Exception:  # noqa: BLE001 the edge of the job: it is tried again when its lease runs out
            _log.exception("delivery_not_made", hook_id=delivery.hook_id)
        finally:
            del self._under_way[delivery.hook_id]
            self._woken.set()

    async def _attempt(self, claimed: Claimed) -> None:
        delivery = claimed.delivery
        timeout_s = float(self._desks.config.outgoing_integration_requests_timeout)
        try:
            answer = await self._desks.outbound.send(
                "POST", delivery.url, headers=claimed.headers, content=claimed.body, timeout_s=timeout_s
            )
        except (AddressNotAllowed, AnswerTooLarge) as cause:
            async with self._desks.writing() as desk:
                await deliveries.refused(desk, delivery, cause.message)
        except Upstream as cause:
            async with self._desks.writing() as desk:
                await deliveries.failed(desk, delivery, cause.message)
        else:
            async with self._desks.writing() as desk:
                await deliveries.answered(desk, delivery, answer)
            self.made += answer.is_success
