"""A database of its own for each test, migrated and empty, so that code commits for real."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncGenerator, Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from commandpost.db import Database, database_at, migrations
from tests.support.postgres import Postgres
from tests.support.run import folder_of_run, one_at_a_time

_MEMORY = Path("/dev/shm")
_ENOUGH_BYTES = 32_000_000


def migrated_sqlite() -> Path:
    """The run's migrated SQLite file, to be copied; made by whoever asks first."""
    path = folder_of_run() / "migrated.db"
    with one_at_a_time("sqlite"), ThreadPoolExecutor() as beside_any_loop:
        if not path.exists():
            beside_any_loop.submit(asyncio.run, migrations.upgrade(f"sqlite:///{path}")).result()
    return path


@pytest.fixture(scope="session")
def postgres() -> Postgres:
    """The run's PostgreSQL server, with the migrated template in it."""
    with one_at_a_time("postgresql"):
        server = Postgres()
        asyncio.run(server.make_template())
    return server


@pytest.fixture(scope="session")
def sqlite_template() -> Path:
    """A migrated SQLite file, to be copied."""
    return migrated_sqlite()


@pytest.fixture
def sqlite_url(sqlite_template: Path) -> Generator[str]:
    """The address of a fresh, migrated SQLite file, in memory where the machine has room for it."""
    folder = Path(tempfile.mkdtemp(prefix="commandpost-", dir=_roomy_memory()))
    path = folder / "commandpost.db"
    shutil.copyfile(sqlite_template, path)
    yield f"sqlite:///{path}"
    shutil.rmtree(folder)


def _roomy_memory() -> Path | None:
    roomy = os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ENOUGH_BYTES
    return _MEMORY if roomy else None


@pytest.fixture
async def postgresql_url(postgres: Postgres) -> AsyncGenerator[str]:
    """The address of a fresh, migrated PostgreSQL database."""
    name = await postgres.borrow()
    yield postgres.dsn(name)
    await postgres.give_back(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh, migrated database; the test runs once for each kind."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
async def database(database_url: str) -> AsyncGenerator[Database]:
    """An open, fresh, migrated database; the test runs once for each kind."""
    async for opened in _opened(database_url):
        yield opened


@pytest.fixture
async def sqlite_database(sqlite_url: str) -> AsyncGenerator[Database]:
    """An open, fresh, migrated SQLite database, for what does not depend on the kind."""
    async for opened in _opened(sqlite_url):
        yield opened


@pytest.fixture
async def postgresql_database(postgresql_url: str) -> AsyncGenerator[Database]:
    """An open, fresh, migrated PostgreSQL database, for what only it does."""
    async for opened in _opened(postgresql_url):
        yield opened


async def _opened(url: str) -> AsyncGenerator[Database]:
    database = database_at(url)
    await database.open()
    yield database
    await database.close()
