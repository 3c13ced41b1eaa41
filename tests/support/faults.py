"""What lies between us and a Mattermost and misbehaves as a test tells it to: a proxy on loopback.

It stands in front of a server that serves REST v4 and the WebSocket, so what passes is as strict as ever.
"""

import asyncio
import json
import struct
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import cycle
from typing import Any, cast
from urllib.parse import urlsplit

import pytest

from tests.support.attached import Town
from tests.support.patience import PATIENCE_S

_MOMENT_S = 0.05
"""So long an overtaken answer waits where nothing overtakes it: nobody's patience is that short."""

_LINE = b"\r\n"
_END = b"\r\n\r\n"
_TEXT = 0x81
"""The first byte of a frame that is a whole text."""


class Fault(StrEnum):
    """What becomes of a call.

    `REFUSED`, `BROKEN`, `REVOKED`, `TOO_MANY` never reach the server; of `LOST` and `CUT` it does all, but no
    answer, or half of one, comes back; `SLOW` is held until `heal` and then passed on; the answer to what is
    `OVERTAKEN` comes in two parts, after whatever else is under way, or a moment later; `ODD` has fields that
    nobody knows, and a list of channels one of a kind that nobody knows.
    """

    NONE = "none"
    REFUSED = "refused"
    BROKEN = "broken"
    REVOKED = "revoked"
    TOO_MANY = "too_many"
    LOST = "lost"
    CUT = "cut"
    SLOW = "slow"
    OVERTAKEN = "overtaken"
    ODD = "odd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that came."""

    method: str
    path: str
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Judge = Callable[[Call], Fault]
Tamper = Callable[[dict[str, Any]], Sequence[dict[str, Any]]]
"""Which events come instead of one."""

Instead = Callable[[Call], bytes | None]
"""The whole answer to a call that never reaches the server; None for those that do."""


class Between:
    """The proxy. `fault` judges each call, `tamper` each event; `has_line`: whether sockets come through.

    `instead` answers calls in the server's place.
    """

    def __init__(self, upstream: str) -> None:
        parts = urlsplit(upstream)
        self._upstream = (parts.hostname or "", parts.port or 0)
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()
        self._sockets: set[asyncio.StreamWriter] = set()
        self._healed = asyncio.Event()
        self._came = asyncio.Event()
        self._passed = asyncio.Event()
        self.calls: list[Call] = []
        self.fault: Judge = _sound
        self.tamper: Tamper = _untouched
        self.instead: Instead = _nothing_instead
        self.has_line = True

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0)

    async def close(self) -> None:
        assert self._server is not None
        self._server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    def break_down(self, fault: Fault = Fault.REFUSED) -> None:
        """Every call meets this fault, and no socket comes through, until `heal`."""
        self._healed.clear()
        self.fault = lambda _: fault
        self.hang_up()

    def hang_up(self) -> None:
        """Break the open sockets, and let no other through."""
        self.has_line = False
        for writer in self._sockets:
            writer.transport.abort()

    def heal(self) -> None:
        self.fault, self.tamper, self.has_line = _sound, _untouched, True
        self.instead = _nothing_instead
        self._healed.set()

    async def called(self, wanted: Callable[[Call], bool]) -> Call:
        """Wait for such a call."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                for call in self.calls:
                    if wanted(call):
                        return call
                self._came.clear()
                await self._came.wait()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        try:
            with suppress(ConnectionError, asyncio.CancelledError, asyncio.IncompleteReadError):
                head = await reader.readuntil(_END)
                if b"upgrade: websocket" in head.lower():
                    await self._carry(head, reader, writer)
                else:
                    await self._answer(head, reader, writer)
        finally:
            self._talks.discard(task)
            await _closed(writer)

    async def _answer(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fields = dict(line.lower().split(b": ", 1) for line in head.strip().split(_LINE)[1:])
        body = await reader.readexactly(int(fields.get(b"content-length", b"0")))
        method, path, _ = head.split(b" ", 2)
        call = Call(method=method.decode(), path=path.decode(), body=body)
        self.calls.append(call)
        self._came.set()
        if (answer := self.instead(call)) is not None:
            writer.write(answer)
            await writer.drain()
            return
        fault = self.fault(call)
        if fault in _REFUSALS:
            writer.write(_REFUSALS[fault])
            await writer.drain()
            return
        if fault is Fault.REFUSED:
            writer.transport.abort()
            return
        if fault is Fault.SLOW:
            await self._healed.wait()
        answer = await self._passed_on(head, body)
        if fault is Fault.LOST:
            writer.transport.abort()
            return
        if fault is Fault.OVERTAKEN:
            await self._overtaken()
            head, _, answer = answer.partition(_END)
            writer.write(head + _END)
            await writer.drain()
            await self._overtaken()
        elif fault is Fault.ODD:
            answer = _with_unknown_fields(answer)
        self._pass()
        writer.write(answer[: len(answer) - 20] if fault is Fault.CUT else answer)
        await writer.drain()

    def _pass(self) -> None:
        """What waits to be overtaken is."""
        self._passed.set()
        self._passed = asyncio.Event()

    async def _overtaken(self) -> None:
        """Wait until another answer or an event has passed."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._passed.wait(), _MOMENT_S)

    async def _passed_on(self, head: bytes, body: bytes) -> bytes:
        lines = [one for one in head.strip().split(_LINE) if not one.lower().startswith(b"connection:")]
        there, out = await asyncio.open_connection(*self._upstream)
        out.write(_LINE.join([*lines, b"Connection: close"]) + _END + body)
        await out.drain()
        try:
            return await there.read()
        finally:
            await _closed(out)

    async def _carry(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A socket: what we say goes as it is, what we hear frame by frame."""
        if not self.has_line:
            writer.transport.abort()
            return
        there, out = await asyncio.open_connection(*self._upstream)
        self._sockets.add(writer)
        out.write(head)
        up = asyncio.create_task(_pumped(reader, out))
        try:
            writer.write(await there.readuntil(_END))
            while True:
                writer.write(await self._frame(there))
                await writer.drain()
                self._pass()
        finally:
            self._sockets.discard(writer)
            up.cancel()
            await asyncio.gather(up, return_exceptions=True)
            await _closed(out)

    async def _frame(self, there: asyncio.StreamReader) -> bytes:
        first, length = await there.readexactly(2)
        if length == 126:
            (length,) = struct.unpack("!H", await there.readexactly(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", await there.readexactly(8))
        payload = await there.readexactly(length)
        if first != _TEXT:
            return _framed(first, payload)
        told = json.loads(payload)
        instead = self.tamper(told) if "event" in told else [told]
        return b"".join(_framed(_TEXT, json.dumps(one).encode()) for one in instead)


def _sound(_: Call) -> Fault:
    return Fault.NONE


class Moods:
    """A server in many moods: the first call of each kind meets a fault, answers are of a later version.

    What only reads is lost, cut off, broken, too many or slow, in turn; every other call that does something
    is slow. Events come twice, with fields and others between them that nobody knows.
    """

    def __init__(self) -> None:
        self._met: set[tuple[str, str]] = set()
        self._reading = cycle(
            (Fault.LOST, Fault.CUT, Fault.BROKEN, Fault.TOO_MANY, Fault.OVERTAKEN, Fault.ODD)
        )
        self._doing = cycle((Fault.OVERTAKEN, Fault.ODD))

    def of_call(self, call: Call) -> Fault:
        if call.method != "GET":
            return next(self._doing)
        kind = (call.method, call.path.partition("?")[0])
        if kind in self._met:
            return Fault.ODD
        self._met.add(kind)
        return next(self._reading)

    def of_event(self, event: dict[str, Any]) -> Sequence[dict[str, Any]]:
        odd = {**event, "of_a_later_version": {"nested": [1, None, "x"]}}
        unknown = {"event": "of_a_later_version", "data": {"post": 7}, "broadcast": None, "seq": event["seq"]}
        return [odd, unknown, odd]


def _nothing_instead(_: Call) -> bytes | None:
    return None


def said(status: int, told: object) -> bytes:
    """An answer of the server, as JSON."""
    body = json.dumps(told).encode()
    head = f"HTTP/1.1 {status} Said\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return head.encode() + _LINE + b"Connection: close" + _END + body


def _untouched(event: dict[str, Any]) -> Sequence[dict[str, Any]]:
    return [event]


async def _closed(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(ConnectionError):
        await writer.wait_closed()


async def _pumped(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()


def _framed(first: int, payload: bytes) -> bytes:
    size = len(payload)
    if size < 126:
        return bytes([first, size]) + payload
    if size < 65536:
        return bytes([first, 126]) + struct.pack("!H", size) + payload
    return bytes([first, 127]) + struct.pack("!Q", size) + payload


def _refusal(status: int, *headers: str) -> bytes:
    return "\r\n".join(
        [f"HTTP/1.1 {status} No", "Content-Length: 0", *headers, "Connection: close", "", ""]
    ).encode()


_REFUSALS = {
    Fault.BROKEN: _refusal(503),
    Fault.REVOKED: _refusal(401),
    Fault.TOO_MANY: _refusal(429, "Retry-After: 1"),
}


def _with_unknown_fields(answer: bytes) -> bytes:
    head, _, body = answer.partition(_END)
    told: Any = json.loads(body) if body else None
    objects = cast("list[Any]", told) if isinstance(told, list) else [told]
    for one in objects:
        if isinstance(one, dict):
            cast("dict[str, Any]", one)["of_a_later_version"] = {"nested": [1, None, "x"]}
    if isinstance(told, list) and objects and "total_msg_count" in objects[0]:
        told.append({**objects[0], "id": "x" * 26, "type": "of_a_later_version"})
    odd = json.dumps(told).encode() if told is not None else body
    lines = [
        one for one in head.split(_LINE) if not one.lower().startswith((b"content-length", b"transfer-"))
    ]
    return _LINE.join([*lines, b"Content-Length: %d" % len(odd)]) + _END + odd


@pytest.fixture
async def between(town: Town) -> AsyncGenerator[Between]:
    """What lies between the application and the server it is attached to, where a test asks for it."""
    there = Between(town.server.url)
    await there.open()
    yield there
    await there.close()
