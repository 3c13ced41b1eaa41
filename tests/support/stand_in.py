"""A stand-in for a tool outside: a real HTTP server on loopback that answers as a test tells it to."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from commandpost.workspace.outbound import AllowedAddresses, Answer, Outbound

LOOPBACK = AllowedAddresses("127.0.0.0/8")


class HastyOutbound(Outbound):
    """The way out to loopback, with less patience than in real life."""

    def __init__(self, patience_s: float = 30.0) -> None:
        super().__init__(LOOPBACK)
        self.patience_s = patience_s

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        timeout_s: float = 30.0,
        max_bytes: int = 1_000_000,
    ) -> Answer:
        return await super().send(
            method,
            url,
            headers=headers,
            content=content,
            timeout_s=min(timeout_s, self.patience_s),
            max_bytes=max_bytes,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it came in; names of headers are in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer. `body` is JSON unless it is bytes."""

    status: int = 200
    body: Any = field(default_factory=dict[str, Any])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def raw(self) -> bytes:
        body = self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()
        if self.status == 204:
            body = b""
        lines = [f"HTTP/1.1 {self.status} Whatever", f"Content-Length: {len(body)}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode() + body


NOTHING = Said(status=404)
SILENCE = None
"""Instead of an answer: the connection stays open and nothing comes."""


class StandIn:
    """The server. Answers are told by method and path; several for one are given in turn, the last again."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self._answers: dict[tuple[str, str], list[Said | None]] = {}
        self._talks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._came = asyncio.Event()

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def tell(self, method: str, path: str, *answers: Said | None) -> None:
        """Answer this method and path so from now on."""
        self._answers[method, path] = list(answers)

    def asked_for(self, method: str, path: str) -> list[Asked]:
        return [one for one in self.asked if (one.method, one.path) == (method, path)]

    async def until_asked_for(self, method: str, path: str) -> None:
        """Wait for such a request; it need not have been answered yet."""
        while not self.asked_for(method, path):
            self._came.clear()
            await self._came.wait()

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)

    async def close(self) -> None:
        assert self._server is not None
        self._server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        with suppress(ConnectionError, asyncio.CancelledError, asyncio.IncompleteReadError):
            asked = await _read(reader)
            self.asked.append(asked)
            self._came.set()
            answers = self._answers.get((asked.method, asked.path), [NOTHING])
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            if answer is SILENCE:
                await reader.read()
            else:
                writer.write(answer.raw())
                await writer.drain()
        writer.close()
        self._talks.discard(task)


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    method, target, _ = head[0].split(" ")
    headers = {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)
    }
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    parts = urlsplit(target)
    return Asked(
        method=method, path=parts.path, query=dict(parse_qsl(parts.query)), headers=headers, body=body
    )


@pytest.fixture
async def stand_in() -> AsyncGenerator[StandIn]:
    """A server that stands in for any tool outside."""
    server = StandIn()
    await server.open()
    yield server
    await server.close()
