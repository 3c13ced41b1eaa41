"""All rows of a database as they were at one moment, and putting them into another one, of either kind.

What tables there are is asked of the database itself: so a snapshot can be had of any revision.
"""

import base64
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from enum import StrEnum
from functools import cache
from typing import Any, TypeAlias, cast

import asyncpg

from commandpost.db.engine import Database
from commandpost.db.sql import Sql
from commandpost.db.sqlite import SqliteDatabase
from commandpost.db.work import Row, Work
from commandpost.kernel.errors import Unavailable

PlainRow: TypeAlias = dict[str, Any]
"""A row as JSON can hold it: booleans are booleans, and bytes are base64."""

_AT_ONCE = 1000
_CONNECT_TIMEOUT_S = 10


class Kind(StrEnum):
    """What of a column's type matters when its values change from one kind of database to the other."""

    PLAIN = "plain"
    FLAG = "flag"
    BYTES = "bytes"


Shape: TypeAlias = Mapping[str, Mapping[str, Kind]]
"""Tables, each with its columns."""

_KINDS = {"BOOLEAN": Kind.FLAG, "BLOB": Kind.BYTES, "boolean": Kind.FLAG, "bytea": Kind.BYTES}
_NOT_OURS = "alembic_version"

# Tables of a full-text index are filled by what fills the table it is about.
_SQLITE_COLUMNS = (
    "SELECT t.name AS table_name, c.name AS column_name, c.type AS data_type FROM pragma_table_list t"
    f" JOIN pragma_table_info(t.name) c WHERE t.schema = 'main' AND t.type = 'table'"
    f" AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name <> '{_NOT_OURS}' ORDER BY t.name, c.cid"
)
_POSTGRESQL_COLUMNS = (
    "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns"
    f" WHERE table_schema = current_schema() AND table_name <> '{_NOT_OURS}'"
    " ORDER BY table_name, ordinal_position"
)
_COLUMNS = Sql(_SQLITE_COLUMNS, postgresql=_POSTGRESQL_COLUMNS)
_COUNTING_COLUMNS = Sql(
    "SELECT '' AS table_name, '' AS column_name WHERE FALSE",
    postgresql="SELECT table_name::text, column_name::text FROM information_schema.columns"
    " WHERE table_schema = current_schema() AND is_identity = 'YES'",
)


class Snapshot(ABC):
    """A database as it is at one moment, whatever is written meanwhile. `shape` says what is in it."""

    shape: Shape

    @abstractmethod
    def rows(self, table: str) -> AsyncGenerator[list[PlainRow]]:
        """Every row of a table, some at a time."""


@asynccontextmanager
async def snapshot_of(database: Database) -> AsyncGenerator[Snapshot]:
    """A snapshot of a database, which need not be open. Raises Unavailable."""
    if isinstance(database, SqliteDatabase):
        try:
            connection = sqlite3.connect(database.path, isolation_level=None)
        except sqlite3.Error as cause:
            raise Unavailable(f"Cannot open the database {database.path}: {cause}.") from cause
        try:
            yield _SqliteSnapshot(connection)
        finally:
            connection.close()
        return
    try:
        server = await asyncpg.connect(database.url, timeout=_CONNECT_TIMEOUT_S)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as cause:
        raise Unavailable(f"Cannot reach the PostgreSQL database: {cause}.") from cause
    try:
        async with server.transaction(isolation="repeatable_read", readonly=True):
            yield _PostgresSnapshot(server, await server.fetch(_POSTGRESQL_COLUMNS))
    finally:
        await server.close()


class _SqliteSnapshot(Snapshot):
    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        connection.execute("BEGIN")
        self.shape = _shaped(connection.execute(_SQLITE_COLUMNS).fetchall())
        self._connection = connection

    async def rows(self, table: str) -> AsyncGenerator[list[PlainRow]]:
        columns = self.shape[table]
        answer = self._connection.execute(_selection(table, columns))
        while some := answer.fetchmany(_AT_ONCE):
            yield [_plain(columns, row) for row in some]


class _PostgresSnapshot(Snapshot):
    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]", columns: Sequence[Row]) -> None:
        self.shape = _shaped(columns)
        self._connection = connection

    async def rows(self, table: str) -> AsyncGenerator[list[PlainRow]]:
        columns = self.shape[table]
        answer = await self._connection.cursor(_selection(table, columns))
        while some := await answer.fetch(_AT_ONCE):
            yield [_plain(columns, row) for row in some]


async def shape_of(work: Work) -> Shape:
    """What tables a database has."""
    return _shaped(await work.all(_COLUMNS))


async def empty(work: Work) -> None:
    """Take every row out of every table."""
    for table in await shape_of(work):
        await work.run(Sql(f"DELETE FROM {table}"))


async def put_rows(work: Work, table: str, columns: Mapping[str, Kind], rows: Sequence[PlainRow]) -> None:
    """Put rows into a table that has none of these."""
    kept = [name for name, kind in columns.items() if kind is Kind.BYTES]
    if kept:
        rows = [{**row, **{name: base64.b64decode(row[name]) for name in kept}} for row in rows]
    await work.run_many(_insertion(table, tuple(columns)), rows)


async def count_on(work: Work) -> None:
    """Let the numbers that the database gives by itself go on after those that were put in."""
    for row in await work.all(_COUNTING_COLUMNS):
        table, column = row["table_name"], row["column_name"]
        last = f"SELECT COALESCE(MAX({column}), 0) + 1 FROM {table}"
        await work.one(Sql(f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), ({last}), FALSE)"))


async def copied(source: Snapshot, work: Work) -> None:
    """Make a database of the same revision hold what another one does, and nothing else."""
    await empty(work)
    for table, columns in source.shape.items():
        async for some in source.rows(table):
            await put_rows(work, table, columns, some)
    await count_on(work)


def _shaped(columns: Sequence[Row]) -> Shape:
    shape: dict[str, dict[str, Kind]] = {}
    for row in columns:
        kind = _KINDS.get(row["data_type"], Kind.PLAIN)
        shape.setdefault(row["table_name"], {})[row["column_name"]] = kind
    return shape


def _selection(table: str, columns: Mapping[str, Kind]) -> str:
    return f"SELECT {', '.join(columns)} FROM {table}"


@cache
def _insertion(table: str, columns: tuple[str, ...]) -> Sql:
    values = ", ".join(f":{name}" for name in columns)
    return Sql(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})")


def _plain(columns: Mapping[str, Kind], row: Row) -> PlainRow:
    plain = dict(cast("Mapping[str, Any]", row))
    for name, kind in columns.items():
        if kind is Kind.FLAG:
            plain[name] = bool(plain[name])
        elif kind is Kind.BYTES:
            plain[name] = base64.b64encode(plain[name]).decode()
    return plain
