"""The unit of work: one transaction, and the facts that leave only once it is committed."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from commandpost.db.sql import Sql


class Row(Protocol):
    """A result row, read by column name. Booleans may come as 0 and 1: wrap them in bool()."""

    def __getitem__(self, key: Any, /) -> Any: ...


class Work(ABC):
    """What an action reads and writes through; opened by a door, committed before the answer leaves.

    Facts told during the work reach the live broker after the commit, in order; of a work that is rolled
    back, nobody hears.
    """

    def __init__(self) -> None:
        self.facts: list[object] = []

    def tell(self, fact: object) -> None:
        """Announce a fact after the commit."""
        self.facts.append(fact)

    @abstractmethod
    def foresee(self, sql: Sql, **params: Any) -> None:
        """Say that `one` will be asked for this soon, in a work that only reads.

        Where a question is a trip to another process, it is sent and answered with the next one.
        """

    @abstractmethod
    async def one(self, sql: Sql, **params: Any) -> Row | None:
        """The first row, or None if there is none."""

    @abstractmethod
    async def all(self, sql: Sql, **params: Any) -> Sequence[Row]:
        """Every row of a short answer (hundreds, not thousands)."""

    @abstractmethod
    async def scan(self, sql: Sql, **params: Any) -> Sequence[Row]:
        """Every row of a question that may take long (search, export); never holds up other requests.

        Sees committed state only: not for use after a write in the same work.
        """

    @abstractmethod
    async def run(self, sql: Sql, **params: Any) -> int:
        """Run a statement that changes something; gives the number of rows it changed."""

    @abstractmethod
    async def put(self, sql: Sql, **params: Any) -> None:
        """Run a statement of whose outcome nothing is asked, and which cannot fail by any rule of ours.

        It may wait and be sent together with others, at the latest with the work's end; but before anything
        that reads or changes the same tables.
        """

    @abstractmethod
    async def run_many(self, sql: Sql, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run one statement for each set of parameters."""

    async def put_many(
        self, sql: Sql, rows: Sequence[Mapping[str, Any]], *, at_once: Sql | None = None
    ) -> None:
        """As `put`, once for each set of parameters; no two of them change the same row.

        `at_once` does the same for several on PostgreSQL, which takes them as JSON, `:rows`.
        """
        if len(rows) == 1:
            await self.put(sql, **rows[0])
        elif rows:
            await self.run_many(sql, rows)

    async def value(self, sql: Sql, **params: Any) -> Any:
        """The first column of the first row, or None."""
        row = await self.one(sql, **params)
        return None if row is None else row[0]
