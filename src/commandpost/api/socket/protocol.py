"""The server's side of a WebSocket on the wire: uvicorn's protocol, with a way to write that never waits.

ASGI's `send` is awaited once for each message and client, encodes the text anew and gives no sight of what a
client has left unread. Delivery to a thousand listeners through it costs twice as much as writing the frame
to the transport (35 and 15 µs of CPU for each). What ASGI does well (accepting, receiving, closing) stays.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

EXTENSION = "commandpost.socket"
"""Under this name the protocol is found among the extensions of a connection's scope."""

PING_EVERY_S = 60.0
PONG_WITHIN_S = 30.0
LARGEST_REQUEST_BYTES = 64 * 1024

_LINGER_S = 5.0
_TEXT = 0x81
_LENGTH_IN_2_BYTES = 126
_LENGTH_IN_8_BYTES = 127


class SocketProtocol(WebSocketsSansIOProtocol):
    """One WebSocket. A reader who does not even take our closing is cut off after a few seconds."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.queue = cast("asyncio.Queue[Any]", _Inbox())

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if not self.close_sent:
            self.scope["extensions"][EXTENSION] = self  # pyright: ignore[reportOptionalSubscript, reportArgumentType, reportTypedDictNotRequiredAccess] -- ASGI extensions are open

    def write_text(self, text: bytes) -> int:
        """Send a text frame; gives the number of bytes that wait for the client. After a closing: nothing."""
        transport = self.transport
        if self.close_sent or not self.handshake_complete or transport.is_closing():
            return 0
        transport.write(_header(len(text)) + text)
        return transport.get_write_buffer_size()

    def forget_the_handshake(self) -> None:
        """Let go of what only the handshake needed: a fifth of all that a connection holds."""
        del self.request
        self.scope["headers"] = []

    def cut_off(self) -> None:
        """End the connection without a word."""
        self.transport.abort()

    def keepalive_timeout(self) -> None:
        super().keepalive_timeout()
        self.transport.abort()

    def shutdown(self) -> None:
        super().shutdown()
        self.loop.call_later(_LINGER_S / 5, self.transport.abort)


class _Inbox:
    """What has come in and waits for its one reader, as an `asyncio.Queue`, whose empty deques take 3 kB."""

    __slots__ = ("_awaited", "_messages")

    def __init__(self) -> None:
        self._messages: list[Any] = []
        self._awaited: asyncio.Future[None] | None = None

    def empty(self) -> bool:
        return not self._messages

    def put_nowait(self, message: Any) -> None:
        self._messages.append(message)
        if self._awaited is not None and not self._awaited.done():
            self._awaited.set_result(None)

    async def get(self) -> Any:
        while not self._messages:
            self._awaited = asyncio.get_running_loop().create_future()
            try:
                await self._awaited
            finally:
                self._awaited = None
        return self._messages.pop(0)


def _header(length: int) -> bytes:
    """The header of an unmasked, unfragmented text frame (RFC 6455, section 5.2)."""
    if length < _LENGTH_IN_2_BYTES:
        return bytes((_TEXT, length))
    if length < 1 << 16:
        return bytes((_TEXT, _LENGTH_IN_2_BYTES)) + length.to_bytes(2, "big")
    return bytes((_TEXT, _LENGTH_IN_8_BYTES)) + length.to_bytes(8, "big")
