"""How long a post takes to reach 1, 100 and 1,000 listeners over their WebSockets."""

import asyncio
import base64
import secrets
import statistics
import time
from dataclasses import dataclass
from typing import cast

from bench.client import Connection
from bench.stage import Stage

_POSTED = b'"event":"posted"'
_HEAD_BYTES = 2
_IN_2_BYTES, _IN_8_BYTES = 126, 127


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Milliseconds from sending the post to its arrival: at the median listener, and at the last one."""

    listeners: int
    median_ms: float
    last_ms: float


class _Listener(asyncio.Protocol):
    """A WebSocket that notes when the post has arrived, whole; it costs the shared cores next to nothing."""

    def __init__(self, host: str, token: str) -> None:
        self._key = base64.b64encode(secrets.token_bytes(16)).decode()
        self._request = (
            f"GET /api/v4/websocket HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {self._key}\r\n\r\n"
        )
        self._received = b""
        self._is_open = False
        self.greeted = asyncio.get_running_loop().create_future()
        self.arrived = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(self._request.encode())

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        self._received += data
        if not self._is_open:
            head, separator, rest = self._received.partition(b"\r\n\r\n")
            if not separator:
                return
            if b" 101 " not in head.partition(b"\r\n")[0]:
                raise ConnectionError(head.decode(errors="replace"))
            self._is_open, self._received = True, rest
        while (frame := self._frame()) is not None:
            if not self.greeted.done():
                self.greeted.set_result(None)
            if _POSTED in frame and not self.arrived.done():
                self.arrived.set_result(now)

    def next(self) -> "asyncio.Future[float]":
        """When the next post arrives."""
        self.arrived = asyncio.get_running_loop().create_future()
        return self.arrived

    def _frame(self) -> bytes | None:
        """The next whole frame, taken out of what was received (a server's is never masked)."""
        received = self._received
        if len(received) < _HEAD_BYTES:
            return None
        length, start = received[1], _HEAD_BYTES
        if length in (_IN_2_BYTES, _IN_8_BYTES):
            start += 2 if length == _IN_2_BYTES else 8
            length = int.from_bytes(received[_HEAD_BYTES:start])
        if len(received) < start + length:
            return None
        self._received = received[start + length :]
        return received[start : start + length]


async def deliver(stage: Stage, *, listeners: int, posts: int) -> Delivery:
    """Post `posts` messages, one after another, to a channel with that many open sockets."""
    poster = await Connection(stage.url, stage.token).open()
    sockets = [await _listener(poster, stage.token) for _ in range(listeners)]
    medians: list[float] = []
    lasts: list[float] = []
    for number in range(posts):
        arrivals = [socket.next() for socket in sockets]
        begun = time.perf_counter()
        body = {"channel_id": stage.channel_id, "message": f"delivery {number}"}
        await poster.ask("POST", "/api/v4/posts", body)
        taken = sorted((arrived - begun) * 1000 for arrived in await asyncio.gather(*arrivals))
        medians.append(statistics.median(taken))
        lasts.append(taken[-1])
    poster.close()
    for socket in sockets:
        socket.transport.close()
    return Delivery(
        listeners=listeners, median_ms=statistics.median(medians), last_ms=statistics.median(lasts)
    )


async def _listener(poster: Connection, token: str) -> _Listener:
    loop = asyncio.get_running_loop()
    _, listener = await loop.create_connection(
        lambda: _Listener(f"{poster.host}:{poster.port}", token), poster.host, poster.port
    )
    await listener.greeted
    return listener
