"""HTTP on the wire: what one turn of the event loop writes leaves in one piece, and nothing is lost."""

import asyncio
from typing import Any

import uvicorn

from commandpost.api.http_protocol import HttpProtocol


class Pipe(asyncio.Transport):
    """A transport that notes what is written to it."""

    def __init__(self) -> None:
        super().__init__({"peername": ("127.0.0.1", 1), "sockname": ("127.0.0.1", 2)})
        self.written: list[bytes] = []
        self.is_open = True

    def write(self, data: bytes | bytearray) -> None:
        self.written.append(bytes(data))

    def close(self) -> None:
        self.is_open = False

    def is_closing(self) -> bool:
        return not self.is_open

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


async def answered(request: bytes) -> Pipe:
    """What a connection writes in answer to a request, piece by piece."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
        await send({"type": "http.response.body", "body": b"bo", "more_body": True})
        await send({"type": "http.response.body", "body": b"dy"})

    config = uvicorn.Config(app, http=HttpProtocol, log_config=None, lifespan="off")
    config.load()
    protocol = HttpProtocol(config, uvicorn.server.ServerState(), {}, asyncio.get_running_loop())
    pipe = Pipe()
    protocol.connection_made(pipe)
    protocol.data_received(request)
    for _ in range(10):
        await asyncio.sleep(0)
    protocol.connection_lost(None)
    return pipe


async def test_an_answer_leaves_in_one_piece() -> None:
    pipe = await answered(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")

    assert len(pipe.written) == 1
    assert pipe.written[0].startswith(b"HTTP/1.1 200 OK\r\n")
    assert pipe.written[0].endswith(b"\r\n\r\nbody")


async def test_an_answer_is_whole_before_its_connection_closes() -> None:
    pipe = await answered(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")

    assert b"".join(pipe.written).endswith(b"\r\n\r\nbody")
    assert not pipe.is_open


async def test_requests_in_a_row_are_answered_in_a_row() -> None:
    pipe = await answered(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 3)

    assert b"".join(pipe.written).count(b"\r\n\r\nbody") == 3
