"""The server's side of HTTP on the wire: uvicorn's protocol, which sends an answer's head and body together.

uvicorn writes the two apart, and each write is a call to the kernel: a tenth of the time of a short answer.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class HttpProtocol(HttpToolsProtocol):
    """One connection. What is written to it during one turn of the event loop leaves in one piece."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        self._bare = transport
        self.transport = cast("asyncio.Transport", _Gathering(transport, self.loop))

    def handle_websocket_upgrade(self) -> None:
        self.transport = self._bare
        super().handle_websocket_upgrade()


class _Gathering:
    """A transport that gathers what is written until the event loop turns."""

    __slots__ = ("_loop", "_pieces", "_transport")

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._pieces: list[bytes] = []

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
            self._transport.write(whole)
