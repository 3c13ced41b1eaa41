"""Sockets of a server as `commandpost serve` runs it: what it leaves to the library, and what not."""

import asyncio
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode

from tests.support.patience import PATIENCE_S
from tests.support.served import served, signed_up

TOO_LARGE = 100_000


async def test_frames_are_never_packed_and_have_a_largest_size(tmp_path: Path) -> None:
    """A packed one could unpack to any size."""
    with served(tmp_path) as server:
        ana = await asyncio.to_thread(signed_up, server, "ana")
        url = f"{server.url.replace('http', 'ws')}/api/v4/websocket"
        headers = {"Authorization": f"Bearer {ana.token}"}
        async with connect(
            url, additional_headers=headers, open_timeout=PATIENCE_S, compression="deflate"
        ) as socket:
            agreed = socket.protocol.extensions
            await socket.send("x" * TOO_LARGE)
            with pytest.raises(ConnectionClosed) as closed:
                while True:
                    await socket.recv()

    assert agreed == []
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == CloseCode.MESSAGE_TOO_BIG
