"""Ben, who posts at a steady pace while something is measured."""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from itertools import count

from bench.browser.stage import MESSAGES
from bench.client import Connection


class Talk:
    """How many posts were sent, and how fast."""

    def __init__(self) -> None:
        self.sent = 0
        self._begun = time.perf_counter()

    @property
    def per_second(self) -> float:
        return self.sent / (time.perf_counter() - self._begun)


@asynccontextmanager
async def talking(
    url: str, token: str, channel_ids: Sequence[str], *, per_second: float
) -> AsyncGenerator[Talk]:
    """Post into the channels in turn for as long as the block lasts; late posts are made up for."""
    connection = await Connection(url, token).open()
    talk = Talk()

    async def go_on() -> None:
        begun = time.perf_counter()
        for number in count():
            await asyncio.sleep(max(0.0, begun + number / per_second - time.perf_counter()))
            body = {
                "channel_id": channel_ids[number % len(channel_ids)],
                "message": f"{MESSAGES[number % len(MESSAGES)]} {number}",
            }
            await connection.ask("POST", "/api/v4/posts", body)
            talk.sent += 1

    task = asyncio.create_task(go_on())
    try:
        yield talk
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        connection.close()
