"""PostgreSQL through asyncpg: a pool, one transaction for each writing work."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import asyncpg

from commandpost.db.engine import Database
from commandpost.db.sql import Sql
from commandpost.db.work import Row, Work
from commandpost.kernel.errors import Unavailable

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

_GONE = (OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.CannotConnectNowError)
_POOL_SIZE = 16
_CONNECT_TIMEOUT_S = 10


class PostgresDatabase(Database):
    """A PostgreSQL 15 or newer; `dsn` as libpq spells it (postgresql://user@host/name)."""

    def __init__(self, dsn: str) -> None:
        super().__init__()
        self._dsn = dsn

    @property
    def url(self) -> str:
        return "postgresql+asyncpg" + self._dsn[self._dsn.index("://") :]

    async def open(self) -> None:
        try:
            self._pool = await asyncpg.create_pool(
                self._dsn, min_size=2, max_size=_POOL_SIZE, timeout=_CONNECT_TIMEOUT_S, reset=_no_reset
            )
        except (*_GONE, asyncpg.PostgresError) as cause:
            raise Unavailable(f"Cannot reach the PostgreSQL database: {cause}.") from cause

    async def close(self) -> None:
        await self._pool.close()

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[Work]:
        try:
            async with self._pool.acquire() as connection:
                yield _PostgresWork(connection)
        except _GONE as cause:
            raise Unavailable("The database cannot be reached just now; try again shortly.") from cause

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[Work]:
        try:
            async with self._pool.acquire() as connection:
                work = _PostgresWork(connection)
                async with connection.transaction():
                    yield work
        except _GONE as cause:
            raise Unavailable("The database cannot be reached just now; try again shortly.") from cause
        if work.facts:
            self.teller(work.facts)


class _PostgresWork(Work):
    def __init__(self, connection: "PoolConnectionProxy[asyncpg.Record]") -> None:
        super().__init__()
        self._connection = connection

    async def one(self, sql: Sql, **params: Any) -> Row | None:
        return await self._connection.fetchrow(sql.postgresql, *sql.for_postgresql(params))

    async def all(self, sql: Sql, **params: Any) -> Sequence[Row]:
        return await self._connection.fetch(sql.postgresql, *sql.for_postgresql(params))

    async def scan(self, sql: Sql, **params: Any) -> Sequence[Row]:
        return await self.all(sql, **params)

    async def run(self, sql: Sql, **params: Any) -> int:
        status = await self._connection.execute(sql.postgresql, *sql.for_postgresql(params))
        return int(status.rsplit(" ", 1)[-1])

    async def run_many(self, sql: Sql, rows: Sequence[Mapping[str, Any]]) -> None:
        await self._connection.executemany(sql.postgresql, [sql.for_postgresql(params) for params in rows])


async def _no_reset(_connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """No work leaves session state behind, so a returned connection needs no round trip to clean it."""
