"""What waits to be written to one socket: bounded, filled without ever waiting, emptied by one writer."""

import asyncio
from collections import deque
from enum import Enum

MAX_TEXTS = 2_000
MAX_CHARACTERS = 2_000_000


class Closing(Enum):
    """Why the server ends a socket."""

    SLOW = "slow"
    SESSION_ENDED = "session_ended"
    TAKEN_OVER = "taken_over"
    EXPIRED = "expired"
    STOPPING = "stopping"


class Outbox:
    """The texts waiting for one socket.

    A reader who lets more than `max_texts` or `max_characters` pile up is not waited for: the outbox closes
    as SLOW and forgets what it held.
    """

    __slots__ = ("_characters", "_max_characters", "_max_texts", "_texts", "_writer", "closing")

    def __init__(self, *, max_texts: int = MAX_TEXTS, max_characters: int = MAX_CHARACTERS) -> None:
        self._texts: deque[str] = deque()
        self._characters = 0
        self._max_texts = max_texts
        self._max_characters = max_characters
        self._writer: asyncio.Future[None] | None = None
        self.closing: Closing | None = None

    @property
    def waiting(self) -> int:
        """How many texts wait to be written."""
        return len(self._texts)

    def put(self, text: str) -> None:
        """Line up a text for writing; on a closed outbox it is dropped."""
        if self.closing is not None:
            return
        self._texts.append(text)
        self._characters += len(text)
        if len(self._texts) > self._max_texts or self._characters > self._max_characters:
            self.close(Closing.SLOW)
        else:
            self._wake()

    def close(self, why: Closing) -> None:
        """Nothing more is taken in or given out; the writer learns at once. The first reason stays."""
        if self.closing is None:
            self.closing = why
            self._texts.clear()
            self._wake()

    async def next(self) -> str | None:
        """The next text to write, waited for; None once the outbox is closed. For one writer only."""
        while not self._texts:
            if self.closing is not None:
                return None
            self._writer = asyncio.get_running_loop().create_future()
            await self._writer
        text = self._texts.popleft()
        self._characters -= len(text)
        return text

    def _wake(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None and not writer.done():
            writer.set_result(None)
