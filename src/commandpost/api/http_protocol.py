"""The server's side of HTTP on the wire: uvicorn's protocol, which sends an answer's head and body together.

uvicorn writes the two apart, and each write is a call to the kernel: a tenth of the time of a short answer.
It also waits forever for a client that begins a request and does not go on, or does not read its answer, and
goes on reading from one that was told to come again later and does so at once.
"""

import asyncio
from typing import Any, ClassVar, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_LEAST_BYTES = 5_000
"""What a client that is neither done nor idle sends, or reads, from one look to the next."""

COME_AGAIN_IN_S = "commandpost.come_again_in_s"
"""Where the application leaves in a scope how long the connection is not to be read from after the answer."""

_NOTHING = object()
_TOO_SLOW = (
    b"HTTP/1.1 408 Request Timeout\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: 30\r\n"
    b"connection: close\r\n\r\nThe request came in too slowly"
)


class HttpProtocol(HttpToolsProtocol):
    """One connection. What is written to it during one turn of the event loop leaves in one piece.

    It is looked at every few seconds. A head that did not come whole between two looks, a body that nearly
    stands still, and a reader who takes next to nothing are not waited for. Whoever was told to come again
    later is not read from until then: what they send stays with them, and costs nothing here.
    """

    look_every_s: ClassVar[float] = 10.0

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        self._bare = transport
        self._out = _Gathering(transport, self.loop)
        self.transport = cast("asyncio.Transport", self._out)
        self._received = 0
        self._taken = self._left = 0
        self._arriving: object = _NOTHING
        self._rest: asyncio.TimerHandle | None = None
        self._next_look = self.loop.call_later(self.look_every_s, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        self._next_look.cancel()
        if self._rest is not None:
            self._rest.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        super().data_received(data)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        wait_s = cast("dict[str, float]", self.cycle.scope).get(COME_AGAIN_IN_S)
        if wait_s and self.cycle.response_complete and not self._bare.is_closing():
            self._unset_keepalive_if_required()
            self.flow.pause_reading()
            self._rest = self.loop.call_later(wait_s, self._read_again)

    def _read_again(self) -> None:
        self._rest = None
        self.timeout_keep_alive_task = self.loop.call_later(
            self.timeout_keep_alive, self.timeout_keep_alive_handler
        )
        self.flow.resume_reading()

    def handle_websocket_upgrade(self) -> None:
        self._next_look.cancel()
        self.transport = self._bare
        super().handle_websocket_upgrade()

    def _look(self) -> None:
        if self._reads_too_slowly():
            self._bare.abort()
            return
        if self._sends_too_slowly():
            self._show_out()
        self._received = 0
        self._next_look = self.loop.call_later(self.look_every_s, self._look)

    def _sends_too_slowly(self) -> bool:
        """Whether a request has been on its way for too long."""
        if self._bare.is_closing() or self.flow.read_paused:
            return False
        is_head_there = self._is_head_there()
        is_arriving = not is_head_there or self.cycle.more_body
        before, self._arriving = self._arriving, self.scope if is_arriving else _NOTHING
        if not is_arriving or before is not self._arriving:
            return False
        return not is_head_there or self._received < _LEAST_BYTES

    def _reads_too_slowly(self) -> bool:
        """Whether next to nothing was taken of what has been waiting since the look before."""
        taken, left = self._taken, self._left
        self._left = self._bare.get_write_buffer_size()
        self._taken = self._out.written - self._left
        return bool(self._left) and self._taken - taken < min(left, _LEAST_BYTES)

    def _is_head_there(self) -> bool:
        """Whether the head of the latest request is; not so as long as there was no request at all."""
        return bool(self.cycle) and self.cycle.scope is self.scope

    def _show_out(self) -> None:
        if self.scope and not (self._is_head_there() and self.cycle.response_started):
            self.transport.write(_TOO_SLOW)
        self.transport.close()


class _Gathering:
    """A transport that gathers what is written until the event loop turns."""

    __slots__ = ("_loop", "_pieces", "_transport", "written")

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._pieces: list[bytes] = []
        self.written = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, piece: bytes) -> None:
        if not self._pieces:
            self._loop.call_soon(self._flush)
        self._pieces.append(piece)

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._pieces:
            whole = b"".join(self._pieces)
            self._pieces.clear()
            self.written += len(whole)
            self._transport.write(whole)
