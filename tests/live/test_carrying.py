"""Carrying live events between nodes goes on, whatever the line does."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress

import pytest

from commandpost.live.between.carrying import CarryingBroker, CutOff, Line
from tests.support.patience import PATIENCE_S


class BadLine:
    """Fails as it is told to with the first that is sent."""

    def __init__(self, failure: Exception) -> None:
        self._failure = failure

    async def send(self, parcels: Sequence[bytes]) -> None:
        raise self._failure

    async def arriving(self) -> AsyncGenerator[bytes]:
        await asyncio.Event().wait()
        yield b""


class Twice(CarryingBroker):
    """Connected to a bad line at first, and then told so."""

    def __init__(self, failure: Exception) -> None:
        super().__init__(lambda message: None, lambda: None)
        self._failure = failure
        self.times = 0
        self.came_again = asyncio.Event()

    @asynccontextmanager
    async def connected(self) -> AsyncGenerator[Line]:
        self.times += 1
        if self.times > 1:
            self.came_again.set()
        yield BadLine(self._failure)


@pytest.mark.parametrize("failure", [CutOff("gone"), RuntimeError("nobody thought of that")], ids=str)
async def test_a_broken_line_is_connected_again(failure: Exception) -> None:
    broker = Twice(failure)
    carrying = asyncio.create_task(broker.run())

    async with asyncio.timeout(PATIENCE_S):
        await broker.came_again.wait()

    carrying.cancel()
    with suppress(asyncio.CancelledError):
        await carrying
