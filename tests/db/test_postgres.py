"""What only PostgreSQL does: connections that break, deadlocks, parameters with strict types."""

import asyncio

import asyncpg
import pytest

from commandpost.db import Database, Sql, database_at
from commandpost.kernel.errors import Unavailable, Undone
from tests.db.statements import VALUE, add, names

HANG_UP = Sql("SELECT pg_terminate_backend(pg_backend_pid())")
LOCK = Sql("UPDATE config_values SET value = 'held' WHERE name = :name")


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        await database_at("postgresql://postgres@127.0.0.1:1/postgres").open()


async def test_a_connection_that_breaks_loses_its_work_and_the_next_one_succeeds(
    postgresql_database: Database,
) -> None:
    with pytest.raises(Unavailable):
        async with postgresql_database.write() as work:
            await add(work, "lost")
            await work.run(HANG_UP)

    async with postgresql_database.write() as work:
        await add(work, "kept")
        assert await names(work) == ["kept"]


async def test_of_two_works_in_deadlock_one_succeeds_and_one_is_undone(
    postgresql_database: Database,
) -> None:
    async with postgresql_database.write() as work:
        await add(work, "a")
        await add(work, "b")
    both = asyncio.Barrier(2)

    async def lock(first: str, second: str) -> None:
        async with postgresql_database.write() as work:
            await work.run(LOCK, name=first)
            await both.wait()
            await work.run(LOCK, name=second)

    results = await asyncio.gather(lock("a", "b"), lock("b", "a"), return_exceptions=True)

    assert sorted(type(result) for result in results if result is not None) == [Undone]


async def test_a_parameter_of_the_wrong_type_is_a_mistake_of_ours_not_an_outage(
    postgresql_database: Database,
) -> None:
    with pytest.raises(asyncpg.DataError):
        async with postgresql_database.read() as work:
            await work.one(VALUE, name=1)


async def test_a_failing_file_in_a_work_is_not_taken_for_a_failing_database(
    postgresql_database: Database,
) -> None:
    with pytest.raises(FileNotFoundError):
        async with postgresql_database.write() as work:
            await add(work, "lost")
            raise FileNotFoundError
