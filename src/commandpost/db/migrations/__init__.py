"""Bringing a database to the present shape, and telling whether it is there.

The migrations themselves run in a process of their own (`upgrade`), so that a server never carries the 30 MB
of the libraries they need, nor waits for those when there is nothing to migrate.
"""

import asyncio
import os
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

import asyncpg

from commandpost.db.engine import Database
from commandpost.db.migrations.marks import Mark, of_program
from commandpost.db.sql import Sql
from commandpost.db.work import Row
from commandpost.kernel.errors import Conflict, Unavailable

ADDRESS_VARIABLE = "COMMANDPOST_MIGRATED_DATABASE"
"""How the migrating process is told the database: not an argument, for others see a process's arguments."""

_SQLITE = "sqlite:///"
_SOURCES = Path(__file__).parents[3]
_CONNECT_TIMEOUT_S = 10

_REVISION = Sql("SELECT version_num FROM alembic_version")
_DONE = Sql("SELECT revision, unused_since FROM migrations_done ORDER BY revision")


class NewerDatabase(Conflict):
    """The database was made by a newer version of Command Post; start that version, or restore a backup."""

    code = "database.newer"


class NotMigrated(Unavailable):
    """The database does not have the shape that this version expects; run `commandpost migrate`."""

    code = "database.not_migrated"


def known() -> tuple[str, ...]:
    """The revisions of this program, oldest first."""
    return tuple(mark.revision for mark in of_program())


def newest() -> str:
    """The revision that this program expects."""
    return known()[-1]


async def upgrade(url: str) -> None:
    """Bring the database at `Database.url` to the newest shape; does nothing if it is there.

    Nor does it where a newer program has only added to it, or taken away what this one no longer uses.
    All or nothing, and alone: a second process waits until the first is done.
    Raises NewerDatabase, and Unavailable when the database cannot be used.
    """
    revision = await current(url)
    if revision == newest():
        return
    if revision is not None and revision not in known():
        refuse_what_is_too_new(revision, await done(url))
        return
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


def refuse_what_is_too_new(revision: str, marks: Sequence[Mark]) -> None:
    """Nothing, if this program runs on a database at a revision it does not know. Raises NewerDatabase.

    `marks` are those of the migrations that were done there: one that has none cannot be judged.
    """
    if revision not in {mark.revision for mark in marks}:
        raise NewerDatabase
    for mark in marks:
        if mark.revision not in known() and not mark.leaves_alone(newest()):
            raise NewerDatabase(
                f"A newer version of Command Post has migrated the database ({mark.revision}) and taken away"
                " what this version needs. Start that version, or restore a backup from before."
            )


async def current(url: str) -> str | None:
    """The revision the database is at; None for an empty one. Raises Unavailable."""
    rows = await _asked(url, _REVISION)
    return rows[0]["version_num"] if rows else None


async def done(url: str) -> Sequence[Mark]:
    """The migrations that the database has behind it; none where it is older than their table."""
    return _marks(await _asked(url, _DONE))


async def _asked(url: str, question: Sql) -> Sequence[Row]:
    """The answer of a database that is not open; nothing where the table is not there. Raises Unavailable."""
    if url.startswith(_SQLITE):
        return _asked_of_sqlite(Path(url.removeprefix(_SQLITE)), question)
    try:
        connection = await asyncpg.connect(url, timeout=_CONNECT_TIMEOUT_S)
        try:
            return await connection.fetch(question.postgresql)
        finally:
            await connection.close()
    except asyncpg.UndefinedTableError:
        return []
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as cause:
        raise Unavailable(f"Cannot reach the database: {cause}.") from cause


def _asked_of_sqlite(path: Path, question: Sql) -> Sequence[Row]:
    if not path.exists():
        return []
    try:
        connection = sqlite3.connect(path)
        connection.row_factory = sqlite3.Row
        try:
            return connection.execute(question.sqlite).fetchall()
        finally:
            connection.close()
    except sqlite3.Error as cause:
        if str(cause).startswith("no such table"):
            return []
        raise Unavailable(f"Cannot use the database {path}: {cause}.") from cause


async def require_usable(database: Database) -> None:
    """Nothing, if this program can work with an open database.

    One that a newer program has migrated meanwhile will do as long as it has what this one needs: were all
    servers of a version unready at once, nobody would answer while they are exchanged.
    Raises NewerDatabase, NotMigrated, Unavailable.
    """
    try:
        async with database.read() as work:
            revision = await work.value(_REVISION)
            is_known = revision is None or revision in known()
            marks = () if is_known else _marks(await work.all(_DONE))
    except (sqlite3.Error, asyncpg.PostgresError) as cause:
        raise Unavailable(f"The database does not answer as it should: {cause}.") from cause
    if revision is None or revision in known()[:-1]:
        raise NotMigrated
    if not is_known:
        refuse_what_is_too_new(revision, marks)


def _marks(rows: Sequence[Row]) -> Sequence[Mark]:
    return [Mark(revision=row["revision"], unused_since=row["unused_since"]) for row in rows]
