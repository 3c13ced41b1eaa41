"""A database: hands out units of work, and tells committed facts to whoever listens."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TypeAlias

from commandpost.db.work import Work

Teller: TypeAlias = Callable[[Sequence[object]], None]


def nobody(_facts: Sequence[object]) -> None:
    """The teller of a database that nobody listens to (command line, migrations)."""


class Database(ABC):
    """SQLite or PostgreSQL. `teller` is called with a work's facts right after its commit.

    `saved` counts the writing works committed since the start.
    """

    def __init__(self) -> None:
        self.teller: Teller = nobody
        self.saved = 0

    @abstractmethod
    async def open(self) -> None:
        """Connect. Raises Unavailable when the database cannot be reached."""

    @abstractmethod
    async def close(self) -> None: ...

    @abstractmethod
    def read(self) -> AbstractAsyncContextManager[Work]:
        """A work that only reads; each statement sees what is committed by then.

        Facts told in it (what nobody stores: a dialog opened, a post only one person sees) leave at its end.
        """

    @abstractmethod
    def write(self) -> AbstractAsyncContextManager[Work]:
        """A work in one transaction: left normally it is committed and durable, left by an error undone.

        Raises Unavailable if the database cannot take it (full, gone, locked); nothing is changed then.
        Undone is the kind that another work caused, in a deadlock: the same may be tried again at once.
        """

    @property
    @abstractmethod
    def is_shared(self) -> bool:
        """Whether other servers may be on the same database."""

    @property
    @abstractmethod
    def url(self) -> str:
        """The address, as `database_at` takes it."""
