"""The line to Mattermost's WebSocket: events as they come, until the connection ends."""

from collections.abc import AsyncGenerator

import msgspec
import structlog
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from commandpost.chat.mattermost.client import Client, Unreachable
from commandpost.chat.mattermost.wire import EventWire

_PATIENCE_S = 10.0
_SIGN_OF_LIFE_S = 20.0
_LARGEST_BYTES = 4_000_000

_log = structlog.get_logger(__name__)

_read = msgspec.json.Decoder(EventWire).decode


async def events(client: Client) -> AsyncGenerator[EventWire]:
    """What one connection brings, `hello` first; nothing at all if the token is not taken.

    Frames that make no sense are passed over. Raises Unreachable.
    """
    address = f"{client.url.replace('http', 'ws', 1)}/api/v4/websocket"
    challenge = {"seq": 1, "action": "authentication_challenge", "data": {"token": client.token}}
    try:
        async with connect(
            address,
            open_timeout=_PATIENCE_S,
            close_timeout=1.0,
            ping_interval=_SIGN_OF_LIFE_S,
            ping_timeout=_SIGN_OF_LIFE_S,
            max_size=_LARGEST_BYTES,
            compression=None,
            proxy=None,
            user_agent_header="commandpost",
        ) as socket:
            await socket.send(msgspec.json.encode(challenge).decode())
            async for frame in socket:
                try:
                    told = _read(frame)
                except msgspec.MsgspecError:
                    _log.warning("mattermost_frame_unreadable", bytes=len(frame))
                    continue
                if told.event:
                    yield told
    except (OSError, TimeoutError, WebSocketException) as cause:
        raise Unreachable from cause
