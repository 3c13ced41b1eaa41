"""The migrating process: upgrades the database it is told of, then ends. Started by `migrations.upgrade`."""

import asyncio
import os
import sqlite3
import sys
from pathlib import Path

import asyncpg
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from commandpost.db.migrations import ADDRESS_VARIABLE
from commandpost.db.migrations.marks import of_program
from commandpost.db.tables import migrations_done

_SQLITE = "sqlite:///"
_LOCK_KEY = 4_206_942
_WAIT_S = 30


def _upgraded(connection: sa.Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    _note(connection)


def _note(connection: sa.Connection) -> None:
    """Leave the marks of what was done, for programs that do not have these migrations."""
    noted = set(connection.scalars(sa.select(migrations_done.c.revision)))
    new = [mark for mark in of_program() if mark.revision not in noted]
    if new:
        rows = [{"revision": mark.revision, "unused_since": mark.unused_since} for mark in new]
        connection.execute(sa.insert(migrations_done), rows)


def _upgrade_sqlite(url: str) -> None:
    Path(url.removeprefix(_SQLITE)).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, poolclass=NullPool, connect_args={"timeout": _WAIT_S})
    event.listen(engine, "connect", _without_implicit_transactions)
    event.listen(engine, "begin", _begun)
    with engine.begin() as connection:
        _upgraded(connection)


def _without_implicit_transactions(connection: sqlite3.Connection, _record: object) -> None:
    """The driver's own transactions would leave out CREATE TABLE; a cut in the middle must undo that too."""
    connection.isolation_level = None


def _begun(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


async def _upgrade_postgresql(url: str) -> None:
    async def connected() -> "asyncpg.Connection[asyncpg.Record]":
        return await asyncpg.connect(url, timeout=_WAIT_S)

    engine = create_async_engine("postgresql+asyncpg://", poolclass=NullPool, async_creator=connected)
    try:
        async with engine.begin() as connection:
            await connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
            await connection.run_sync(_upgraded)
    finally:
        await engine.dispose()


def main() -> None:
    """Upgrade, or say on standard error what was in the way and end with status 1."""
    url = os.environ[ADDRESS_VARIABLE]
    try:
        if url.startswith(_SQLITE):
            _upgrade_sqlite(url)
        else:
            asyncio.run(_upgrade_postgresql(url))
    except DBAPIError as cause:
        sys.exit(str(cause.orig))
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as cause:
        sys.exit(str(cause))


if __name__ == "__main__":
    main()
