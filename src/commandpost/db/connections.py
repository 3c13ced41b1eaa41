"""Open connections to PostgreSQL, lent to one work at a time.

asyncpg's own pool resets a connection, wraps it and starts a task each time that it comes back: more than the
shortest question costs (measured: 155 µs of CPU with it, 62 without). No work of ours leaves anything behind
that needs a reset, and a connection whose work was cut off in the middle is thrown away.
"""

import asyncio
from collections import deque
from contextlib import suppress
from typing import TypeAlias

import asyncpg

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

_CONNECT_TIMEOUT_S = 10
_CLOSE_TIMEOUT_S = 1
_STATEMENTS = 512
"""How many statements each connection keeps prepared: more than we have."""

APPLICATION = "commandpost"
"""What our connections are called in the server's list of them."""

# Without these the planner may read and sort a whole busy channel for one page of it (55 ms instead of 0.3 at
# 60,000 posts), plans pages anew each time they are asked for, and compiles searches that end sooner.
_PLANNING = {"random_page_cost": "1.1", "jit": "off"}


class Connections:
    """Up to `most` connections, opened as they are needed; who comes when all are lent waits for the next.

    What a connection is asked raises TimeoutError without an answer in `answer_within_s`.
    """

    def __init__(self, dsn: str, *, most: int, answer_within_s: float | None = None) -> None:
        self._dsn = dsn
        self._answer_within_s = answer_within_s
        self._free = most
        self._idle: list[Connection] = []
        self._waiting: deque[asyncio.Future[Connection | None]] = deque()
        self._is_closed = False

    async def take(self) -> Connection:
        """A connection for one work. Raises what asyncpg raises when none can be opened."""
        if self._is_closed:
            raise asyncpg.InterfaceError("the connections are closed")
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
            self._free += 1
        if self._free:
            self._free -= 1
            return await self._opened()
        given: asyncio.Future[Connection | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(given)
        try:
            connection = await given
        except asyncio.CancelledError:
            if given.done() and not given.cancelled():
                self._pass_on(given.result())
            raise
        return connection or await self._opened()

    def give_back(self, connection: Connection) -> None:
        """The work is over; a connection in an unknown state is to be terminated before."""
        if self._is_closed:
            connection.terminate()
        self._pass_on(None if connection.is_closed() else connection)

    async def close(self) -> None:
        """Close all, those that are lent as soon as they come back."""
        self._is_closed = True
        idle, self._idle = self._idle, []
        await asyncio.gather(*map(_closed, idle))

    async def _opened(self) -> Connection:
        try:
            return await asyncpg.connect(
                self._dsn,
                timeout=min(_CONNECT_TIMEOUT_S, self._answer_within_s or _CONNECT_TIMEOUT_S),
                command_timeout=self._answer_within_s,
                statement_cache_size=_STATEMENTS,
                server_settings={"application_name": APPLICATION, **_PLANNING},
            )
        except BaseException:
            self._pass_on(None)
            raise

    def _pass_on(self, connection: "Connection | None") -> None:
        """Give a connection, or the leave to open one, to who waits the longest."""
        while self._waiting:
            given = self._waiting.popleft()
            if not given.done():
                given.set_result(connection)
                return
        if connection is None:
            self._free += 1
        else:
            self._idle.append(connection)


async def _closed(connection: Connection) -> None:
    """One whose server is silent is cut off, by asyncpg itself: a server that stops does not wait for it."""
    with suppress(TimeoutError, OSError):
        await connection.close(timeout=_CLOSE_TIMEOUT_S)
