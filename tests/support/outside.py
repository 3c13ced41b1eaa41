"""A server outside, on loopback: real HTTP, and every way in which one can misbehave."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl

import pytest

from tests.support.patience import PATIENCE_S
from tests.support.people import Person, Room

Talk = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that the server got."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        """The fields of the form, in the body or the query."""
        return dict(parse_qsl(self.body.decode() or self.query, keep_blank_values=True))

    @property
    def fields(self) -> dict[str, list[str]]:
        """The same with all values of repeated fields."""
        return parse_qs(self.body.decode() or self.query, keep_blank_values=True)

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def http(status: int, body: bytes = b"", *headers: str, content_type: str = "text/plain") -> bytes:
    """An HTTP answer as bytes."""
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body)}", f"Content-Type: {content_type}"]
    return "\r\n".join([*lines, *headers, "Connection: close", "", ""]).encode() + body


@dataclass
class Outside:
    """The server: what it was asked, and what it does next (the last of `answers` again and again)."""

    port: int = 0
    asked: list[Asked] = field(default_factory=list[Asked])
    answers: list[bytes | Talk] = field(default_factory=lambda: [http(200)])
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    talks: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def says(self, body: Any, status: int = 200) -> None:
        """Answer with JSON."""
        self.answers = [http(status, json.dumps(body).encode(), content_type="application/json")]

    def sends(self, *answers: bytes | Talk) -> None:
        """Answer with these bytes, one after the other, or let a function talk."""
        self.answers = list(answers)

    async def times_asked(self, times: int) -> None:
        """Wait until it was asked so often."""
        async with asyncio.timeout(PATIENCE_S):
            while len(self.asked) < times:
                self.woken.clear()
                await self.woken.wait()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.talks.add(task)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            method, target, _ = head[0].split(" ")
            pairs = [line.split(": ", 1) for line in head[1:] if line]
            headers = {name.lower(): value for name, value in pairs}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            path, _, query = target.partition("?")
            self.asked.append(Asked(method=method, path=path, query=query, headers=headers, body=body))
            self.woken.set()
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
            if isinstance(answer, bytes):
                writer.write(answer)
                await writer.drain()
            else:
                await answer(writer)
            writer.close()
            await writer.wait_closed()
        writer.transport.abort()

    async def end(self) -> None:
        """Hang up on everybody."""
        for task in self.talks:
            task.cancel()
        await asyncio.gather(*self.talks, return_exceptions=True)


async def hang(writer: asyncio.StreamWriter) -> None:
    """Never answer."""
    await asyncio.Event().wait()


async def drip(writer: asyncio.StreamWriter) -> None:
    """Answer a byte at a time, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


@pytest.fixture
async def outside(room: Room, admin: Person) -> AsyncGenerator[Outside]:
    """A server outside that an administrator has allowed to be called."""
    there = Outside()
    server = await asyncio.start_server(there.talk, "127.0.0.1", 0)
    there.port = server.sockets[0].getsockname()[1]
    allowed = {"ServiceSettings": {"AllowedUntrustedInternalConnections": "127.0.0.1"}}
    assert (await admin.put("/config/patch", allowed)).status_code == 200
    yield there
    server.close()
    await there.end()
