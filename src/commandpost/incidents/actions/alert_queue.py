"""Alerts that are waiting to be taken in: those of one source that come at once share a work.

A storm comes as hundreds of requests at the same moment. One at a time they would each wait for the lock of
their source, with a connection to the database in hand that everybody else needs.
"""

import asyncio
from collections.abc import Sequence
from typing import TypeAlias

from commandpost.incidents.actions import alerts
from commandpost.incidents.model.alert import Batch, SourceKind
from commandpost.incidents.ports import Desks
from commandpost.kernel.errors import Unavailable, Undone

_MOST_TOGETHER = 200

_Waiting: TypeAlias = tuple[Batch, "asyncio.Future[str]"]
_Source: TypeAlias = tuple[SourceKind, str]


class AlertQueue:
    """Takes alerts in, source by source in the order in which they came. For one event loop."""

    def __init__(self, desks: Desks) -> None:
        self._desks = desks
        self._waiting: dict[_Source, list[_Waiting]] = {}
        self._working: set[asyncio.Task[None]] = set()

    async def receive(self, kind: SourceKind, token: str, batch: Batch) -> str:
        """Like `alerts.receive`, and committed on return; gives the id of the batch's incident."""
        taken: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        source = (kind, token)
        if source in self._waiting:
            self._waiting[source].append((batch, taken))
        else:
            self._waiting[source] = [(batch, taken)]
            task = asyncio.create_task(self._take_all(source))
            self._working.add(task)
            task.add_done_callback(self._working.discard)
        return await taken

    async def _take_all(self, source: _Source) -> None:
        try:
            while self._waiting[source]:
                waiting = self._waiting[source]
                together, self._waiting[source] = waiting[:_MOST_TOGETHER], waiting[_MOST_TOGETHER:]
                await self._take(source, together)
        finally:
            del self._waiting[source]

    async def _take(self, source: _Source, together: Sequence[_Waiting]) -> None:
        """Take batches in in one work; if that fails each in one of its own, so that faults stay apart."""
        answers: Sequence[str | Exception]
        try:
            answers = await self._received(source, [batch for batch, _ in together])
        except Exception as fault:  # noqa: BLE001 -- each request that waits gets it, and answers for it
            if len(together) > 1 and not isinstance(fault, Unavailable):
                for one in together:
                    await self._take(source, [one])
                return
            answers = [fault for _ in together]
        for (_, taken), answer in zip(together, answers, strict=True):
            if taken.done():
                continue
            if isinstance(answer, Exception):
                taken.set_exception(answer)
            else:
                taken.set_result(answer)

    async def _received(self, source: _Source, batches: Sequence[Batch]) -> Sequence[str]:
        """In one work, and once more if it was undone for another's sake."""
        kind, token = source

        async def receive() -> Sequence[str]:
            async with self._desks.writing() as desk:
                return await alerts.receive(desk, kind, token, batches)

        try:
            return await self._desks.repeated(receive)
        except Undone:
            return await self._desks.repeated(receive)
