"""Clients that send or read so slowly that they hold up what others need are not waited for."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, ClassVar

import uvicorn
from uvicorn.server import ServerState

from commandpost.api.http_protocol import COME_AGAIN_IN_S, HttpProtocol
from tests.support.patience import PATIENCE_S

_ASKED = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
_END = b"0\r\n\r\n"
_LATE = b"HTTP/1.1 408 Request Timeout\r\n"


class Impatient(HttpProtocol):
    look_every_s: ClassVar[float] = 0.05


class LessImpatient(HttpProtocol):
    """For clients that are not too slow, on a machine that may be."""

    look_every_s: ClassVar[float] = 1.0


class App:
    """Reads a request whole, then answers with that many pieces of 64 KB; notes how it ended.

    Whoever asks is told to come again after `wait_s`.
    """

    def __init__(self, pieces: int = 0, *, wait_s: float = 0) -> None:
        self._pieces = pieces
        self._wait_s = wait_s
        self.asked = 0
        self.ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        scope[COME_AGAIN_IN_S] = self._wait_s
        self.asked += 1
        message = await receive()
        while message["type"] == "http.request" and message["more_body"]:
            message = await receive()
        if message["type"] == "http.disconnect":
            self.ended.set_result("hung up")
            return
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(self._pieces):
            await send({"type": "http.response.body", "body": bytes(65536), "more_body": True})
            await asyncio.sleep(0)  # As whoever reads a file piece by piece lets others run.
        await send({"type": "http.response.body", "body": b"end"})
        if not self.ended.done():
            self.ended.set_result("answered")


@asynccontextmanager
async def connected(
    app: App, protocol: type[HttpProtocol] = Impatient
) -> AsyncGenerator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A client of a server that runs that application."""
    loop = asyncio.get_running_loop()
    config = uvicorn.Config(app, http=protocol, log_config=None, lifespan="off")
    config.load()
    state = ServerState()
    server = await loop.create_server(lambda: protocol(config, state, {}, loop), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    try:
        async with asyncio.timeout(PATIENCE_S):
            yield reader, writer
    finally:
        writer.transport.abort()
        server.close()
        for connection in list(state.connections):
            connection.shutdown()


async def test_a_head_that_never_ends_is_answered_with_408() -> None:
    async with connected(App()) as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n")

        assert (await reader.read()).startswith(_LATE)


async def test_a_head_that_trickles_in_is_answered_with_408() -> None:
    async with connected(App()) as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\n")
        answered = asyncio.create_task(reader.readline())  # Not to the end: what is sent after it resets.
        while not answered.done():
            writer.write(b"X: y\r\n")
            await asyncio.wait([answered], timeout=0.01)

        assert (await answered).startswith(_LATE)


async def test_a_body_that_stands_still_is_answered_with_408_and_let_go_of() -> None:
    app = App()
    async with connected(app) as (reader, writer):
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nbeginning")

        assert (await reader.read()).startswith(_LATE)
        assert await app.ended == "hung up"


async def test_who_never_says_anything_is_hung_up_on() -> None:
    async with connected(App()) as (reader, _):
        assert await reader.read() == b""


async def test_a_second_request_that_never_ends_is_no_better() -> None:
    async with connected(App()) as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTT")

        first, _, second = (await reader.read()).partition(b"0\r\n\r\n")
        assert first.startswith(b"HTTP/1.1 200 OK\r\n")
        assert second.startswith(_LATE)


async def test_who_does_not_read_the_answer_is_dropped() -> None:
    app = App(pieces=1000)
    async with connected(app) as (_, writer):
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")

        await app.ended


async def test_who_reads_gets_a_long_answer_whole() -> None:
    async with connected(App(pieces=200), LessImpatient) as (reader, writer):
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

        received = 0
        while piece := await reader.read(131072):
            received += len(piece)
            await asyncio.sleep(0.02)  # As a line of 6 MB/s: the server looks at it twice meanwhile.
        assert received > 200 * 65536


async def test_who_was_told_to_come_again_later_is_not_read_from_until_then() -> None:
    app = App(wait_s=3600)
    async with connected(app) as (reader, writer):
        writer.write(_ASKED)
        await reader.readuntil(_END)
        writer.write(_ASKED)
        elsewhere, another = await asyncio.open_connection(*writer.get_extra_info("peername"))
        another.write(_ASKED)

        assert (await elsewhere.readuntil(_END)).startswith(b"HTTP/1.1 200 OK\r\n")
        assert app.asked == 2
        another.transport.abort()


async def test_who_was_told_to_come_again_later_is_answered_then() -> None:
    async with connected(App(wait_s=0.01)) as (reader, writer):
        for _ in range(2):
            writer.write(_ASKED)

            assert (await reader.readuntil(_END)).startswith(b"HTTP/1.1 200 OK\r\n")
