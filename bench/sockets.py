"""How long a post takes to reach 1, 100 and 1,000 listeners over their WebSockets."""

import asyncio
import statistics
import time
from dataclasses import dataclass

from websockets.asyncio.client import ClientConnection, connect

from bench.client import Connection
from bench.stage import Stage

_POSTED = '"event":"posted"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Milliseconds from sending the post to its arrival: at the median listener, and at the last one."""

    listeners: int
    median_ms: float
    last_ms: float


async def deliver(stage: Stage, *, listeners: int, posts: int) -> Delivery:
    """Post `posts` messages, one after another, to a channel with that many open sockets."""
    url = stage.url.replace("http://", "ws://") + "/api/v4/websocket"
    headers = {"Authorization": f"Bearer {stage.token}"}
    sockets = [await connect(url, additional_headers=headers, compression=None) for _ in range(listeners)]
    for socket in sockets:
        await socket.recv()
    poster = await Connection(stage.url, stage.token).open()
    medians: list[float] = []
    lasts: list[float] = []
    for number in range(posts):
        arrivals = [asyncio.create_task(_arrival(socket)) for socket in sockets]
        begun = time.perf_counter()
        body = {"channel_id": stage.channel_id, "message": f"delivery {number}"}
        await poster.ask("POST", "/api/v4/posts", body)
        taken = sorted((arrived - begun) * 1000 for arrived in await asyncio.gather(*arrivals))
        medians.append(statistics.median(taken))
        lasts.append(taken[-1])
    poster.close()
    await asyncio.gather(*(socket.close() for socket in sockets))
    return Delivery(
        listeners=listeners, median_ms=statistics.median(medians), last_ms=statistics.median(lasts)
    )


async def _arrival(socket: ClientConnection) -> float:
    while True:
        if _POSTED in str(await socket.recv()):
            return time.perf_counter()
