"""The database: SQLite or PostgreSQL behind one unit of work. Knows nothing of incidents or chat.

SQL itself lives in the `store/` folders of the contexts; here is only how statements are run,
committed and migrated.
"""

from pathlib import Path

from commandpost.db.engine import Database
from commandpost.db.opening import Opening
from commandpost.db.postgres import PostgresDatabase
from commandpost.db.sql import Sql
from commandpost.db.sqlite import SqliteDatabase
from commandpost.db.work import Row, Work
from commandpost.kernel.errors import Invalid

__all__ = ["Database", "Opening", "Row", "Sql", "Work", "database_at"]


def database_at(url: str) -> Database:
    """The database at `sqlite:///path/to/file` or `postgresql://user:password@host:port/name`.

    Raises Invalid for any other kind of address.
    """
    if url.startswith("sqlite:///"):
        return SqliteDatabase(Path(url.removeprefix("sqlite:///")))
    if url.startswith(("postgresql://", "postgres://")):
        return PostgresDatabase(url)
    raise Invalid("The database URL must begin with sqlite:/// or postgresql://.")
