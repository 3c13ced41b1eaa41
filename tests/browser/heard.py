"""What a page hears over its sockets."""

import asyncio

from playwright.async_api import Page


class Heard:
    """The events of every socket that a page opens from now on."""

    def __init__(self, page: Page) -> None:
        self._frames: asyncio.Queue[str | bytes] = asyncio.Queue()
        page.on("websocket", lambda socket: socket.on("framereceived", self._frames.put_nowait))

    async def until(self, event: str) -> None:
        """Wait until the page was told of an event; after "hello" it is told of all that follow."""
        while f'"event":"{event}"' not in str(await self._frames.get()).replace(" ", ""):
            pass
