"""SQLite: the standard driver on the event loop, one writer, many reads, commits shared by a group.

Writers take turns on one connection, each inside a savepoint. The commit (and its fsync) runs in a thread
and stands in the same queue as the writers: whoever was waiting before it joins its transaction, so one
fsync serves them all, and no answer leaves before its own commit.
"""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from commandpost.db.engine import Database
from commandpost.db.sql import Sql
from commandpost.db.work import Row, Work
from commandpost.kernel.errors import Unavailable

_BUSY_TIMEOUT_MS = 2000


class _Batch:
    """Works that are committed together; `facts` has one list for each of them, in their order."""

    def __init__(self, committed: asyncio.Future[None]) -> None:
        self.committed = committed
        self.facts: list[list[object]] = []


class SqliteDatabase(Database):
    """A database in one file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._turn = asyncio.Lock()
        self._batch: _Batch | None = None
        self._flushing: asyncio.Task[None] | None = None
        self._threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="sqlite")

    @property
    def is_shared(self) -> bool:
        return False

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    async def open(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = _connected(self.path)
            self._reader = _connected(self.path)
        except (OSError, sqlite3.OperationalError) as cause:
            raise Unavailable(f"Cannot open the database {self.path}: {cause}.") from cause

    async def close(self) -> None:
        if self._flushing is not None:
            await self._flushing
        self._threads.shutdown()
        self._writer.close()
        self._reader.close()

    @asynccontextmanager
    async def read(self) -> AsyncGenerator[Work]:
        work = _SqliteWork(self._reader, self)
        yield work
        if work.facts:
            self.teller(work.facts)

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[Work]:
        work = _SqliteWork(self._writer, self)
        async with self._turn:
            batch = self._joined_batch()
            self._writer.execute("SAVEPOINT work")
            try:
                yield work
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK TO work")
                    self._writer.execute("RELEASE work")
                else:
                    # SQLite itself has undone everything, as it may when a disk is full or fails.
                    self._give_up(batch, "the database had to undo it")
                raise
            self._writer.execute("RELEASE work")
            batch.facts.append(work.facts)
        await asyncio.shield(batch.committed)

    def _joined_batch(self) -> _Batch:
        """The commit that this work will be part of; opens the transaction if none is open."""
        if self._batch is None:
            _begun(self._writer)
            loop = asyncio.get_running_loop()
            self._batch = _Batch(loop.create_future())
            self._flushing = loop.create_task(self._flush(self._batch))
        return self._batch

    async def _flush(self, batch: _Batch) -> None:
        async with self._turn:
            if batch is not self._batch:
                return
            try:
                await asyncio.get_running_loop().run_in_executor(self._threads, self._writer.commit)
            except sqlite3.Error as cause:
                if self._writer.in_transaction:
                    self._writer.rollback()
                self._give_up(batch, str(cause))
                return
            self._batch = None
            batch.committed.set_result(None)
            self.saved += len(batch.facts)
        for facts in batch.facts:
            if facts:
                self.teller(facts)

    def _give_up(self, batch: _Batch, reason: str) -> None:
        """Tell everyone whose work was in the batch that none of it was saved."""
        self._batch = None
        batch.committed.set_exception(Unavailable(f"Your change could not be saved: {reason}."))
        batch.committed.exception()

    async def scan(self, sql: Sql, params: Mapping[str, Any]) -> Sequence[Row]:
        """Run a long question in a thread, on a connection of its own."""

        def ask() -> Sequence[Row]:
            connection = _connected(self.path)
            try:
                return connection.execute(sql.sqlite, sql.for_sqlite(params)).fetchall()
            finally:
                connection.close()

        return await asyncio.get_running_loop().run_in_executor(self._threads, ask)


class _SqliteWork(Work):
    def __init__(self, connection: sqlite3.Connection, database: SqliteDatabase) -> None:
        super().__init__()
        self._connection = connection
        self._database = database

    def _execute(self, sql: Sql, params: Mapping[str, Any]) -> sqlite3.Cursor:
        try:
            return self._connection.execute(sql.sqlite, sql.for_sqlite(params))
        except sqlite3.OperationalError as cause:
            if cause.sqlite_errorcode & 0xFF in (
                sqlite3.SQLITE_FULL,
                sqlite3.SQLITE_BUSY,
                sqlite3.SQLITE_IOERR,
                sqlite3.SQLITE_READONLY,
            ):
                raise Unavailable(f"The database could not be used: {cause}.") from cause
            raise

    def foresee(self, sql: Sql, **params: Any) -> None:
        """Nothing is saved by that: a question is no trip here."""

    async def one(self, sql: Sql, **params: Any) -> Row | None:
        return self._execute(sql, params).fetchone()

    async def all(self, sql: Sql, **params: Any) -> Sequence[Row]:
        return self._execute(sql, params).fetchall()

    async def scan(self, sql: Sql, **params: Any) -> Sequence[Row]:
        return await self._database.scan(sql, params)

    async def run(self, sql: Sql, **params: Any) -> int:
        return self._execute(sql, params).rowcount

    async def put(self, sql: Sql, **params: Any) -> None:
        self._execute(sql, params)

    async def run_many(self, sql: Sql, rows: Sequence[Mapping[str, Any]]) -> None:
        for params in rows:
            self._execute(sql, params)


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -16000")
    return connection


def _begun(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as cause:
        raise Unavailable(f"The database is busy or cannot be written: {cause}.") from cause
