"""A server that stands still beside one that works: how soon after waking it sends its clients elsewhere.

    python -m bench.standstill                 # 25 seconds of SIGSTOP, on servers of its own

What it missed meanwhile it cannot know; so it closes its sockets, and clients that come again ask for it.
"""

import argparse
import asyncio
import contextlib
import os
import signal
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import uvloop
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from bench.load import say
from bench.servers import Running, own_server, postgresql
from bench.stage import PASSWORD, set_up, signed_in

_LONGEST_S = 120
_PATIENCE_S = 60
_NAME = "still-admin"


async def run(servers: Sequence[Running], seconds: float) -> None:
    """Stop one of them for so long, and say what its client notices."""
    stands, works = servers
    await set_up(works.url, _NAME, PASSWORD, connections=2)
    token, _ = await signed_in(stands.url, _NAME, PASSWORD)
    await works.settled()
    async with _socket(stands, token) as socket:
        await socket.recv()
        os.kill(stands.pid, signal.SIGSTOP)
        try:
            await asyncio.sleep(seconds)
        finally:
            os.kill(stands.pid, signal.SIGCONT)
        woken = time.perf_counter()
        code = await _closed(socket)
        closed_s = time.perf_counter() - woken
    async with _socket(stands, token) as socket:
        await socket.recv()
        back_s = time.perf_counter() - woken
    say(f"stood still for {seconds:.0f} s; after waking: socket closed ({code}) within {closed_s:.2f} s,")
    say(f"its client greeted again within {back_s:.2f} s")


def _socket(server: Running, token: str) -> connect:
    url = f"{server.url.replace('http', 'ws')}/api/v4/websocket"
    return connect(url, additional_headers={"Authorization": f"Bearer {token}"}, ping_interval=None)


async def _closed(socket: ClientConnection) -> int:
    """With what code it is closed."""
    try:
        async with asyncio.timeout(_PATIENCE_S):
            while True:
                await socket.recv()
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 0


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.standstill", description=__doc__)
    parser.add_argument("--seconds", type=float, default=25.0, help="how long it stands still")
    arguments = parser.parse_args()
    if arguments.seconds > _LONGEST_S:
        parser.error(f"at most {_LONGEST_S} seconds")
    with contextlib.ExitStack() as stack:
        url, pid = stack.enter_context(postgresql())
        servers = [
            stack.enter_context(own_server(name, url, Path(folder), pid))
            for name in ("one", "two")
            if (folder := stack.enter_context(tempfile.TemporaryDirectory(prefix="standstill-")))
        ]
        uvloop.run(run(servers, arguments.seconds))


if __name__ == "__main__":
    main()
