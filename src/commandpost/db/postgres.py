"""PostgreSQL through asyncpg: one transaction for each writing work."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from types import TracebackType
from typing import Any, TypeAlias, TypeVar

import asyncpg
import msgspec

from commandpost.db.connections import Connection, Connections
from commandpost.db.engine import Database
from commandpost.db.sql import Ready, Sql, apart, side_by_side, together
from commandpost.db.work import Row, Work
from commandpost.kernel.errors import Unavailable, Undone

_T = TypeVar("_T")

# Not reachable, shutting down, out of disk or connections: all worth another try later.
_UNAVAILABLE = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.InsufficientResourcesError,
    asyncpg.exceptions.OperatorInterventionError,
)
_MOST_CONNECTIONS = 16
_ANSWER_WITHIN_S = 30.0
"""More than any question of ours takes: a server that is silent for so long is not waited for."""
_FEW = 4
"""So many changes of one kind are sent together with others; more are sent by themselves."""

_Question: TypeAlias = tuple[Sql, dict[str, Any]]

_encode = msgspec.json.Encoder().encode


class TookTooLong(Unavailable):
    """The database did not answer in time; try again shortly."""

    code = "database.slow"


class PostgresDatabase(Database):
    """A PostgreSQL 15 or newer; `dsn` as libpq spells it (postgresql://user@host/name)."""

    def __init__(
        self,
        dsn: str,
        *,
        answer_within_s: float = _ANSWER_WITHIN_S,
        most_connections: int = _MOST_CONNECTIONS,
    ) -> None:
        super().__init__()
        self._dsn = dsn
        self._most_connections = most_connections
        self._answer_within_s = answer_within_s

    @property
    def is_shared(self) -> bool:
        return True

    @property
    def url(self) -> str:
        return self._dsn

    async def open(self) -> None:
        self._connections = Connections(
            self._dsn, most=self._most_connections, answer_within_s=self._answer_within_s
        )
        try:
            self._connections.give_back(await self._connections.take())
        except (*_UNAVAILABLE, asyncpg.PostgresError) as cause:
            raise Unavailable(f"Cannot reach the PostgreSQL database: {cause}.") from cause

    async def close(self) -> None:
        await self._connections.close()

    def read(self) -> AbstractAsyncContextManager[Work]:
        return _Reading(self, self._connections)

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[Work]:
        async with self._connection() as connection:
            work = _PostgresWork(connection)
            transaction = connection.transaction()
            await _answered(transaction.start())
            try:
                yield work
                await work.send()
            except BaseException as cause:
                if isinstance(cause, (asyncio.CancelledError, TookTooLong)):
                    connection.terminate()
                # The server undoes by itself what a broken connection has left.
                with suppress(Unavailable, asyncpg.InterfaceError):
                    await _answered(transaction.rollback())
                raise
            await _answered(transaction.commit())
        self.saved += 1
        if work.facts:
            self.teller(work.facts)

    @asynccontextmanager
    async def _connection(self) -> AsyncGenerator[Connection]:
        connection = await _answered(self._connections.take())
        try:
            yield connection
        except (asyncio.CancelledError, TookTooLong):
            connection.terminate()
            raise
        finally:
            self._connections.give_back(connection)


class _Reading(AbstractAsyncContextManager[Work]):
    """A reading work, entered and left with as little as possible: most requests are one."""

    __slots__ = ("_connection", "_connections", "_database", "_work")

    def __init__(self, database: PostgresDatabase, connections: Connections) -> None:
        self._database = database
        self._connections = connections

    async def __aenter__(self) -> Work:
        self._connection = await _answered(self._connections.take())
        self._work = _PostgresWork(self._connection)
        return self._work

    async def __aexit__(
        self, kind: type[BaseException] | None, cause: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(cause, (asyncio.CancelledError, TookTooLong)):
            self._connection.terminate()
        self._connections.give_back(self._connection)
        if kind is None and self._work.facts:
            self._database.teller(self._work.facts)


class _PostgresWork(Work):
    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self._connection = connection
        self._waiting: list[Ready] = []
        self._tables: set[str] = set()
        self._foreseen: list[_Question] = []
        self._answered: list[tuple[_Question, Row | None]] = []

    async def send(self) -> None:
        """Run what waits."""
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self._tables.clear()
            text, values = together(waiting)
            await _answered(self._connection.execute(text, *values))

    async def _send_before(self, sql: Sql) -> None:
        if not self._tables.isdisjoint(sql.tables):
            await self.send()

    async def put(self, sql: Sql, **params: Any) -> None:
        await self._send_before(sql)
        self._waiting.append(sql.for_postgresql(params))
        self._tables |= sql.tables

    async def put_many(
        self, sql: Sql, rows: Sequence[Mapping[str, Any]], *, at_once: Sql | None = None
    ) -> None:
        if at_once is not None and len(rows) > 1:
            await self.put(at_once, rows=_encode(rows).decode())
        elif 1 < len(rows) <= _FEW:
            await self._send_before(sql)
            self._waiting += [sql.for_postgresql(params) for params in rows]
            self._tables |= sql.tables
        else:
            await super().put_many(sql, rows)

    def foresee(self, sql: Sql, **params: Any) -> None:
        self._foreseen.append((sql, params))

    async def one(self, sql: Sql, **params: Any) -> Row | None:
        if self._foreseen or self._answered:
            return await self._one_of_several((sql, params))
        await self._send_before(sql)
        text, values = sql.for_postgresql(params)
        return await _answered(self._connection.fetchrow(text, *values))

    async def _one_of_several(self, question: "_Question") -> Row | None:
        """What is known already, or else is asked together with all that is foreseen."""
        for known, answer in self._answered:
            if known == question:
                return answer
        asked, self._foreseen = [question, *self._foreseen], []
        text, values = side_by_side([sql.for_postgresql(params) for sql, params in asked])
        record = await _answered(self._connection.fetchrow(text, *values))
        assert record is not None, "the question has one row, whatever is found"
        answers = apart(tuple(record.keys()), tuple(record))
        self._answered += zip(asked, answers, strict=True)
        return answers[0]

    async def value(self, sql: Sql, **params: Any) -> Any:
        await self._send_before(sql)
        text, values = sql.for_postgresql(params)
        return await _answered(self._connection.fetchval(text, *values))

    async def all(self, sql: Sql, **params: Any) -> Sequence[Row]:
        await self._send_before(sql)
        text, values = sql.for_postgresql(params)
        return await _answered(self._connection.fetch(text, *values))

    async def scan(self, sql: Sql, **params: Any) -> Sequence[Row]:
        return await self.all(sql, **params)

    async def run(self, sql: Sql, **params: Any) -> int:
        await self._send_before(sql)
        text, values = sql.for_postgresql(params)
        status = await _answered(self._connection.execute(text, *values))
        return int(status.rsplit(" ", 1)[-1])

    async def run_many(self, sql: Sql, rows: Sequence[Mapping[str, Any]]) -> None:
        await self._send_before(sql)
        every = [sql.values(params) for params in rows]
        await _answered(self._connection.executemany(sql.postgresql, every))


async def _answered(asked: Awaitable[_T]) -> _T:
    """What the server answers. Raises Unavailable when it cannot answer, for reasons that may pass.

    Undone is the case that is over already: a deadlock, of which the server has given up this side.
    """
    try:
        return await asked
    except asyncpg.exceptions.TransactionRollbackError as cause:
        raise Undone from cause
    except TimeoutError as cause:
        raise TookTooLong from cause
    except _UNAVAILABLE as cause:
        raise Unavailable("The database cannot do this just now; try again shortly.") from cause
