"""PostgreSQL's LISTEN and NOTIFY, on a connection of their own.

A notification holds less than 8,000 bytes; those of one transaction arrive together and in order, and what is
said twice in one is dropped (https://www.postgresql.org/docs/current/sql-notify.html).
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

import asyncpg

from commandpost.kernel.errors import Unavailable

LONGEST_TEXT = 7_900

_CONNECT_TIMEOUT_S = 10
_ALIVE_EVERY_S = 10.0
_ANSWER_WITHIN_S = 20.0
_GONE = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)

_NOTIFY = "SELECT pg_notify($1, part) FROM unnest($2::text[]) WITH ORDINALITY AS p(part, n) ORDER BY n"


class Notifications:
    """A connection that listens on one channel and speaks on it. All raise Unavailable once it is gone."""

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]", channel: str) -> None:
        self._connection = connection
        self._channel = channel
        self._arrived: asyncio.Queue[str | None] = asyncio.Queue()
        self._speaking = asyncio.Lock()

    async def listen(self) -> None:
        """Hear what is said from now on."""
        self._connection.add_termination_listener(lambda _: self._arrived.put_nowait(None))
        try:
            await self._connection.add_listener(self._channel, self._hear)
        except _GONE as cause:
            raise Unavailable(str(cause)) from cause

    async def say(self, texts: Sequence[str]) -> None:
        """Say these to all who listen, this connection among them, in one transaction."""
        try:
            async with self._speaking:
                await self._connection.execute(_NOTIFY, self._channel, list(texts), timeout=_ANSWER_WITHIN_S)
        except _GONE as cause:
            raise Unavailable(str(cause)) from cause

    async def arriving(self) -> AsyncGenerator[str]:
        """What is said, as it comes. Where nothing comes, the connection is asked whether it still lives."""
        while True:
            try:
                async with asyncio.timeout(_ALIVE_EVERY_S):
                    text = await self._arrived.get()
            except TimeoutError:
                await self.say([])
                continue
            if text is None:
                raise Unavailable("PostgreSQL ended the connection.")
            yield text

    def _hear(self, _connection: object, _pid: int, _channel: str, text: object) -> None:
        self._arrived.put_nowait(str(text))


@asynccontextmanager
async def notifications(dsn: str, channel: str) -> AsyncGenerator[Notifications]:
    """Connect and listen. Raises Unavailable when the database cannot be reached."""
    try:
        connection = await asyncpg.connect(dsn, timeout=_CONNECT_TIMEOUT_S)
    except _GONE as cause:
        raise Unavailable(str(cause)) from cause
    opened = Notifications(connection, channel)
    try:
        await opened.listen()
        yield opened
    finally:
        connection.terminate()
