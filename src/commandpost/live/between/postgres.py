"""Live events between nodes over PostgreSQL's notifications.

Parcels larger than one notification travel in pieces. Each is numbered, since PostgreSQL drops what is said
twice in a transaction. They travel as base 64: base 85 is a tenth shorter, but Python's is not compiled, and
took a third of the server's time for a tick.
"""

import base64
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager

from commandpost.db.notifications import LONGEST_TEXT, Notifications, notifications
from commandpost.kernel.errors import Unavailable
from commandpost.live.between.carrying import CarryingBroker, CutOff, Line
from commandpost.live.broker import Deliver

_CHANNEL = "commandpost_live"
_PIECE = LONGEST_TEXT - 20
_MORE, _LAST = "+", "."


class PostgresBroker(CarryingBroker):
    """A broker over the database that the nodes share anyway. `dsn` is its address, as libpq spells it."""

    def __init__(
        self,
        dsn: str,
        deliver: Deliver,
        renew: Callable[[], None],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(deliver, renew, monotonic=monotonic)
        self._dsn = dsn

    @asynccontextmanager
    async def connected(self) -> AsyncGenerator[Line]:
        try:
            async with notifications(self._dsn, _CHANNEL) as opened:
                yield _PostgresLine(opened)
        except Unavailable as cause:
            raise CutOff(cause.message) from cause


class _PostgresLine:
    def __init__(self, opened: Notifications) -> None:
        self._opened = opened

    async def send(self, parcels: Sequence[bytes]) -> None:
        pieces = [piece for parcel in parcels for piece in _pieces(parcel)]
        try:
            await self._opened.say([f"{number} {piece}" for number, piece in enumerate(pieces)])
        except Unavailable as cause:
            raise CutOff(cause.message) from cause

    async def arriving(self) -> AsyncGenerator[bytes]:
        """The parcels as they come."""
        begun: list[str] = []
        try:
            async for text in self._opened.arriving():
                piece = text.partition(" ")[2]
                begun.append(piece[1:])
                if piece.startswith(_LAST):
                    parcel = base64.b64decode("".join(begun))
                    begun.clear()
                    yield parcel
        except Unavailable as cause:
            raise CutOff(cause.message) from cause


def _pieces(parcel: bytes) -> list[str]:
    """A parcel as texts that fit into notifications, each marked whether it is the last."""
    text = base64.b64encode(parcel).decode()
    starts = range(0, len(text), _PIECE)
    return [f"{_LAST if start == starts[-1] else _MORE}{text[start : start + _PIECE]}" for start in starts]
