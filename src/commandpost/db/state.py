"""What a database says of itself: how large it is, and what time it is there."""

from dataclasses import dataclass

from commandpost.db.sql import Sql
from commandpost.db.work import Work

_STATE = Sql(
    "SELECT page_count * page_size AS size, CAST(strftime('%s', 'now') AS INTEGER) * 1000 AS now"
    " FROM pragma_page_count, pragma_page_size",
    postgresql="SELECT pg_database_size(current_database()) AS size,"
    " (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """`now` is milliseconds since 1970 by the database's clock; of SQLite that is this machine's."""

    size_bytes: int
    now: int


async def state_of(work: Work) -> State:
    """How it stands with an open database."""
    row = await work.one(_STATE)
    assert row is not None
    return State(size_bytes=row["size"], now=row["now"])
