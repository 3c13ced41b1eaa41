"""WebSockets that only note when a post has arrived, at next to no cost for the cores that they share."""

import asyncio
import base64
import re
import secrets
import time
from collections.abc import Iterator
from typing import cast
from urllib.parse import urlsplit

_MARK = re.compile(rb"load-(\d{6})-post")
_PING, _PONG, _MASKED = 0x89, 0x8A, 0x80
_NO_MASK = bytes(4)
_HEAD_BYTES = 2
_IN_2_BYTES, _IN_8_BYTES = 126, 127


class Heard:
    """When posts were sent, and how long each took to each ear."""

    def __init__(self) -> None:
        self.sent: list[float] = []
        self._arrived: list[list[float]] = []

    def clear(self) -> None:
        """Begin anew."""
        self.sent.clear()
        self._arrived.clear()

    def next(self) -> int:
        """A post is about to be sent; gives its number."""
        self.sent.append(time.perf_counter())
        self._arrived.append([])
        return len(self.sent) - 1

    @staticmethod
    def mark(number: int) -> str:
        """What the text of that post is to hold."""
        return f"load-{number:06}-post"

    def note(self, data: bytes, at: float) -> None:
        """An event that an ear has received at that time."""
        found = _MARK.search(data)
        if found and (number := int(found[1])) < len(self._arrived):
            self._arrived[number].append(at)

    def times_ms(self) -> Iterator[float]:
        """From being sent to each arrival."""
        for sent, arrived in zip(self.sent, self._arrived, strict=True):
            for at in arrived:
                yield (at - sent) * 1000


class Ear(asyncio.Protocol):
    """One signed-in WebSocket."""

    def __init__(self, request: bytes, heard: Heard) -> None:
        self._request = request
        self._heard = heard
        self._rest = b""
        self._is_open = False
        self._greeted: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @classmethod
    async def open(cls, url: str, token: str, heard: Heard) -> "Ear":
        """Connect and wait to be greeted. Raises ConnectionError when the server does not take it."""
        parts = urlsplit(url)
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        request = (
            f"GET /api/v4/websocket HTTP/1.1\r\nHost: {parts.netloc}\r\nAuthorization: Bearer {token}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n\r\n"
        )
        loop = asyncio.get_running_loop()
        _, ear = await loop.create_connection(
            lambda: cls(request.encode(), heard), parts.hostname or "127.0.0.1", parts.port or 80
        )
        await ear._greeted
        return ear

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        at = time.perf_counter()
        received = self._rest + data
        begin = 0
        if not self._is_open:
            end = received.find(b"\r\n\r\n")
            self._rest = received
            if end < 0:
                return
            self._is_open, begin = b" 101 " in received[:end].partition(b"\r\n")[0], end + 4
        while (frame := _frame(received, begin)) is not None:
            start, end = frame
            if received[begin] == _PING:
                self._transport.write(
                    bytes((_PONG, _MASKED | (end - start))) + _NO_MASK + received[start:end]
                )
            elif self._greeted.done():
                self._heard.note(received[start:end], at)
            else:
                self._greeted.set_result(None)
            begin = end
        self._rest = received[begin:]

    def connection_lost(self, exc: Exception | None) -> None:
        if not self._greeted.done():
            self._greeted.set_exception(exc or ConnectionError(self._rest[:200].decode(errors="replace")))

    def close(self) -> None:
        self._transport.close()


def _frame(received: bytes, begin: int) -> tuple[int, int] | None:
    """Where the payload of the frame that begins there starts and ends (a server's is never masked)."""
    if len(received) < begin + _HEAD_BYTES:
        return None
    length, start = received[begin + 1], begin + _HEAD_BYTES
    if length in (_IN_2_BYTES, _IN_8_BYTES):
        wide = 2 if length == _IN_2_BYTES else 8
        if len(received) < start + wide:
            return None
        length, start = int.from_bytes(received[start : start + wide]), start + wide
    return (start, start + length) if len(received) >= start + length else None
