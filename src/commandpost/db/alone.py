"""One server to a SQLite file: what one remembers of it would be wrong if another wrote to it as well.

PostgreSQL may have several; what must be alone there asks who else is connected.
"""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from commandpost.db.connections import APPLICATION
from commandpost.db.engine import Database
from commandpost.db.sql import Sql
from commandpost.db.sqlite import SqliteDatabase
from commandpost.db.work import Work
from commandpost.kernel.errors import Conflict, Unavailable

_OTHERS = Sql(
    "SELECT 0 WHERE :application = ''",
    postgresql="SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND application_name = :application",
)


class InUse(Conflict):
    """Another Command Post server uses this database."""

    code = "database.in_use"


@contextmanager
def alone_with(database: Database) -> Generator[None]:
    """Be the only server of a database as long as it lasts; PostgreSQL may have several.

    The lock is the operating system's, on a file beside the database: it is gone with the process, however
    that ends. Raises InUse, and Unavailable when the file cannot be made.
    """
    if not isinstance(database, SqliteDatabase):
        yield
        return
    path = database.path.resolve()
    path = path.with_name(f"{path.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as cause:
        raise Unavailable(f"Cannot make {path}: {cause.strerror}.") from cause
    try:
        _lock(descriptor, database.path)
        yield
    finally:
        os.close(descriptor)


async def refuse_if_others_use(work: Work) -> None:
    """Nothing, if no other server is connected to the PostgreSQL database. Raises InUse."""
    if await work.value(_OTHERS, application=APPLICATION):
        raise InUse("A server uses the database. Stop all its servers first.")


def _lock(descriptor: int, database: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as cause:
        raise InUse(
            f"Another server{_its_number(descriptor)} uses the database {database}. Stop that one first, or"
            " give this one a folder of its own with --data-dir. Several servers on one database need"
            " PostgreSQL (--database-url)."
        ) from cause
    os.truncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)


def _its_number(descriptor: int) -> str:
    with suppress(ValueError):
        return f" (process {int(os.pread(descriptor, 20, 0))})"
    return ""
