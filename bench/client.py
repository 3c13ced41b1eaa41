"""A keep-alive HTTP/1.1 connection that costs the measuring side as little as possible.

Only what the measurement needs: JSON in, status and bytes out, one request at a time on one connection. A
full client would take more of the two shared cores than the server that it measures.
"""

import asyncio
import json
from typing import Any, cast
from urllib.parse import urlsplit

import httptools
import msgspec

_encode = msgspec.json.Encoder().encode


class Answer:
    """A response: status, headers, body."""

    __slots__ = ("_headers", "_pieces", "status")

    def __init__(self) -> None:
        self.status = 0
        self._headers: list[tuple[bytes, bytes]] = []
        self._pieces: list[bytes] = []

    @property
    def headers(self) -> dict[str, str]:
        """By name in lower case."""
        return {name.decode().lower(): value.decode("latin-1") for name, value in self._headers}

    @property
    def body(self) -> bytes:
        """The whole body, read before the answer counts as there."""
        return b"".join(self._pieces)

    def add_header(self, name: bytes, value: bytes) -> None:
        self._headers.append((name, value))

    def add_piece(self, piece: bytes) -> None:
        self._pieces.append(piece)

    def json(self) -> Any:
        return json.loads(self.body)


class Refused(Exception):
    """The server answered with an error; measuring it would measure nothing."""


class _Wire(asyncio.Protocol):
    def __init__(self) -> None:
        self.answer = Answer()
        self.done: asyncio.Future[Answer] | None = None
        self.parser = httptools.HttpResponseParser(self)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's is one in all but its class

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def connection_lost(self, exc: Exception | None) -> None:
        if self.done is not None and not self.done.done():
            self.done.set_exception(exc or ConnectionResetError("the server closed the connection"))

    def send(self, head: bytes, body: bytes) -> "asyncio.Future[Answer]":
        self.done = asyncio.get_running_loop().create_future()
        self.transport.write(head + body)
        return self.done

    def on_message_begin(self) -> None:
        self.answer = Answer()

    def on_header(self, name: bytes, value: bytes) -> None:
        self.answer.add_header(name, value)

    def on_headers_complete(self) -> None:
        self.answer.status = self.parser.get_status_code()

    def on_body(self, body: bytes) -> None:
        self.answer.add_piece(body)

    def on_message_complete(self) -> None:
        if self.done is not None and not self.done.done():
            self.done.set_result(self.answer)


class Connection:
    """One connection to a server, signed in by a bearer token."""

    def __init__(self, url: str, token: str = "") -> None:
        parts = urlsplit(url)
        self.url = url
        self.host = parts.hostname or "127.0.0.1"
        self.port = parts.port or 80
        self.token = token
        self._wire: _Wire | None = None
        authorization = f"Authorization: Bearer {token}\r\n" if token else ""
        self._head = (
            f" HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n{authorization}"
            "Content-Type: application/json\r\nContent-Length: "
        )

    async def open(self) -> "Connection":
        await self._open_wire()
        return self

    def close(self) -> None:
        if self._wire is not None:
            self._wire.transport.close()

    async def request(self, method: str, path: str, body: Any = None) -> Answer:
        """Send a request and wait for the answer, whatever its status."""
        wire = await self._open_wire()
        payload = b"" if body is None else _encode(body)
        head = f"{method} {path}{self._head}{len(payload)}\r\n\r\n"
        return await wire.send(head.encode(), payload)

    async def _open_wire(self) -> _Wire:
        """The wire, a new one if the server has closed the last because nothing was asked for a while."""
        if self._wire is None or self._wire.transport.is_closing():
            loop = asyncio.get_running_loop()
            _, self._wire = await loop.create_connection(_Wire, self.host, self.port)
        return self._wire

    async def ask(self, method: str, path: str, body: Any = None) -> Answer:
        """Like `request`, but raises Refused unless the answer is a success."""
        answer = await self.request(method, path, body)
        if answer.status >= 300:
            raise Refused(f"{method} {path}: {answer.status} {answer.body[:300].decode(errors='replace')}")
        return answer

    async def json(self, method: str, path: str, body: Any = None) -> Any:
        return (await self.ask(method, path, body)).json()
