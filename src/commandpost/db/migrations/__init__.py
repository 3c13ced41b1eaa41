"""Bringing a database to the present shape, and telling whether it is there.

The migrations themselves run in a process of their own (`upgrade`), so that a server never carries the 30 MB
of the libraries they need, nor waits for those when there is nothing to migrate.
"""

import asyncio
import os
import sqlite3
import sys
from functools import cache
from pathlib import Path

import asyncpg

from commandpost.db.engine import Database
from commandpost.db.sql import Sql
from commandpost.kernel.errors import Conflict, Unavailable

ADDRESS_VARIABLE = "COMMANDPOST_MIGRATED_DATABASE"
"""How the migrating process is told the database: not an argument, for others see a process's arguments."""

_SQLITE = "sqlite:///"
_VERSIONS = Path(__file__).parent / "versions"
_SOURCES = Path(__file__).parents[3]
_CONNECT_TIMEOUT_S = 10

_REVISION = Sql("SELECT version_num FROM alembic_version")


class NewerDatabase(Conflict):
    """The database was made by a newer version of Command Post; start that version, or restore a backup."""

    code = "database.newer"


class NotMigrated(Unavailable):
    """The database does not have the shape that this version expects; run `commandpost migrate`."""

    code = "database.not_migrated"


@cache
def known() -> tuple[str, ...]:
    """The revisions of this program, oldest first: each file is named as its dated revision."""
    return tuple(sorted(path.stem for path in _VERSIONS.glob("[0-9]*.py")))


def newest() -> str:
    """The revision that this program expects."""
    return known()[-1]


async def upgrade(url: str) -> None:
    """Bring the database at `Database.url` to the newest shape; does nothing if it is there.

    All or nothing, and alone: a second process waits until the first is done.
    Raises NewerDatabase, and Unavailable when the database cannot be used.
    """
    revision = await current(url)
    if revision == newest():
        return
    if revision is not None and revision not in known():
        raise NewerDatabase
    sources = os.pathsep.join(filter(None, (str(_SOURCES), os.environ.get("PYTHONPATH"))))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "commandpost.db.migrations.upgrade",
        env={**os.environ, ADDRESS_VARIABLE: url, "PYTHONPATH": sources},
        stderr=asyncio.subprocess.PIPE,
    )
    _, complaint = await process.communicate()
    if process.returncode:
        raise Unavailable(f"The database could not be migrated: {complaint.decode(errors='replace').strip()}")


async def current(url: str) -> str | None:
    """The revision the database is at; None for an empty one. Raises Unavailable."""
    if url.startswith(_SQLITE):
        return _current_of_sqlite(Path(url.removeprefix(_SQLITE)))
    try:
        connection = await asyncpg.connect(url, timeout=_CONNECT_TIMEOUT_S)
        try:
            return await connection.fetchval(_REVISION.postgresql)
        finally:
            await connection.close()
    except asyncpg.UndefinedTableError:
        return None
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as cause:
        raise Unavailable(f"Cannot reach the database: {cause}.") from cause


def _current_of_sqlite(path: Path) -> str | None:
    if not path.exists():
        return None
    try:
        connection = sqlite3.connect(path)
        try:
            if not connection.execute(
                "SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'"
            ).fetchone():
                return None
            row = connection.execute(_REVISION.sqlite).fetchone()
            return None if row is None else row[0]
        finally:
            connection.close()
    except sqlite3.Error as cause:
        raise Unavailable(f"Cannot use the database {path}: {cause}.") from cause


async def require_usable(database: Database) -> None:
    """Nothing, if this program can work with an open database. Raises NotMigrated, Unavailable.

    One that a newer program has migrated meanwhile will do: a migration leaves what the version before needs,
    and were all servers of that version unready at once, nobody would answer while they are exchanged.
    """
    try:
        async with database.read() as work:
            revision = await work.value(_REVISION)
    except (sqlite3.Error, asyncpg.PostgresError) as cause:
        raise Unavailable(f"The database does not answer as it should: {cause}.") from cause
    if revision is None or revision in known()[:-1]:
        raise NotMigrated
