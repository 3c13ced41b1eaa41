"""A keep-alive HTTP/1.1 connection that costs the measuring side as little as possible.

Only what the measurement needs: JSON in, status and bytes out, one request at a time on one connection. A
full client would take more of the two shared cores than the server that it measures.
"""

import asyncio
import json
from typing import Any, cast
from urllib.parse import urlsplit

import httptools


class Answer:
    """A response: status, headers in lower case, body."""

    __slots__ = ("body", "headers", "status")

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = b""

    def json(self) -> Any:
        return json.loads(self.body)


class Refused(Exception):
    """The server answered with an error; measuring it would measure nothing."""


class _Wire(asyncio.Protocol):
    def __init__(self) -> None:
        self.answer = Answer()
        self.done: asyncio.Future[Answer] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's is one in all but its class

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def connection_lost(self, exc: Exception | None) -> None:
        if self.done is not None and not self.done.done():
            self.done.set_exception(exc or ConnectionResetError("the server closed the connection"))

    def send(self, head: bytes, body: bytes) -> "asyncio.Future[Answer]":
        self.parser = httptools.HttpResponseParser(self)
        self.answer = Answer()
        self.done = asyncio.get_running_loop().create_future()
        self.transport.write(head + body)
        return self.done

    def on_header(self, name: bytes, value: bytes) -> None:
        self.answer.headers[name.decode().lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self.answer.status = self.parser.get_status_code()

    def on_body(self, body: bytes) -> None:
        self.answer.body += body

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

    async def open(self) -> "Connection":
        loop = asyncio.get_running_loop()
        _, self._wire = await loop.create_connection(_Wire, self.host, self.port)
        return self

    def close(self) -> None:
        if self._wire is not None:
            self._wire.transport.close()

    async def request(self, method: str, path: str, body: Any = None) -> Answer:
        """Send a request and wait for the answer, whatever its status."""
        assert self._wire is not None
        payload = b"" if body is None else json.dumps(body).encode()
        authorization = f"Authorization: Bearer {self.token}\r\n" if self.token else ""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n{authorization}"
            f"Content-Type: application/json\r\nContent-Length: {len(payload)}\r\n\r\n"
        )
        return await self._wire.send(head.encode(), payload)

    async def ask(self, method: str, path: str, body: Any = None) -> Answer:
        """Like `request`, but raises Refused unless the answer is a success."""
        answer = await self.request(method, path, body)
        if answer.status >= 300:
            raise Refused(f"{method} {path}: {answer.status} {answer.body[:300].decode(errors='replace')}")
        return answer

    async def json(self, method: str, path: str, body: Any = None) -> Any:
        return (await self.ask(method, path, body)).json()
