"""The stop of a server: one deadline for all that it waits for."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

STOP_WITHIN_S = 4.25
"""People are promised 5 s: what is left is for the process to end."""


class Stop:
    """Begins once; from then on `left_s` runs out."""

    def __init__(
        self, within_s: float = STOP_WITHIN_S, *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._within_s = within_s
        self._monotonic = monotonic
        self._began_at: float | None = None

    @property
    def has_begun(self) -> bool:
        return self._began_at is not None

    def begin(self) -> None:
        """The server is told to stop, or does so by itself; the first time counts."""
        if self._began_at is None:
            self._began_at = self._monotonic()

    @property
    def took_s(self) -> float:
        """How long it has been going on."""
        return 0.0 if self._began_at is None else self._monotonic() - self._began_at

    @property
    def left_s(self) -> float:
        return max(0.0, self._within_s - self.took_s)

    async def wait_for(self, *steps: Callable[[], Awaitable[None]]) -> None:
        """Take the steps one after the other, each only until the deadline: afterwards it is cancelled."""
        self.begin()
        for step in steps:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.left_s):
                    await step()
