"""Throwing away what is old enough: files never posted or of deleted posts, entries of the audit log, and the
addresses for later answers of commands whose time is over.
"""

import asyncio
from typing import NoReturn

import structlog

from commandpost.kernel.clock import HOUR_MS, MINUTE_MS, SECOND_MS
from commandpost.workspace.actions import audit_log, files, leases
from commandpost.workspace.commands import later
from commandpost.workspace.desk import Desks

_LOOK_EVERY_S = 5 * MINUTE_MS / SECOND_MS
_LOOK_EVERY_WHILE_TESTING_S = 1
_TURN_MS = HOUR_MS

_log = structlog.get_logger(__name__)


class Housekeeping:
    """Tidies up once an hour, on whichever server comes first."""

    def __init__(self, desks: Desks) -> None:
        self._desks = desks

    async def run(self) -> NoReturn:
        """Tidy up until cancelled."""
        while True:
            is_test = self._desks.config.enable_testing
            await asyncio.sleep(_LOOK_EVERY_WHILE_TESTING_S if is_test else _LOOK_EVERY_S)
            try:
                await self.tidy()
            except Exception:  # noqa: BLE001 the edge of the job: what was not tidied is tidied next time
                _log.exception("housekeeping_failed")

    async def tidy(self) -> None:
        """Throw away what is old enough, unless this was done within the hour, here or elsewhere."""
        async with self._desks.writing() as desk:
            if not await leases.take(desk, "housekeeping", for_ms=_TURN_MS):
                return
        async with self._desks.writing() as desk:
            await files.delete_unposted(desk)
            await later.forget_old(desk)
        while await self._forget_some_files():
            pass
        while await self._forget_some_audit_entries():
            pass

    async def _forget_some_audit_entries(self) -> int:
        async with self._desks.writing() as desk:
            return await audit_log.forget_some(desk)

    async def _forget_some_files(self) -> int:
        """Contents go first: after a power cut in between, the file is still known to be thrown away."""
        async with self._desks.reading() as desk:
            deleted = await files.deleted(desk)
        for file_id in deleted:
            await self._desks.shelf.remove(file_id)
        if deleted:
            async with self._desks.writing() as desk:
                await files.forget(desk, deleted)
        return len(deleted)
