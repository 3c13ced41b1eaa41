"""The unit of work, the same on both databases."""

import asyncio

import pytest

from commandpost.db import Database, Sql
from tests.db.statements import ADD, NAMES, SET, VALUE, add, names


class Stop(Exception):
    """What a test ends a work with."""


async def test_what_is_written_in_a_work_is_there_after_it(database: Database) -> None:
    async with database.write() as work:
        await add(work, "kept")

    async with database.read() as work:
        assert await names(work) == ["kept"]


async def test_a_work_left_by_an_error_changes_nothing(database: Database) -> None:
    with pytest.raises(Stop):
        async with database.write() as work:
            await add(work, "lost")
            raise Stop

    async with database.read() as work:
        assert await names(work) == []


async def test_a_failed_statement_undoes_its_work_and_not_its_neighbours(database: Database) -> None:
    async def good(name: str) -> None:
        async with database.write() as work:
            await add(work, name)

    async def bad() -> None:
        async with database.write() as work:
            await add(work, "lost")
            await work.run(Sql("INSERT INTO no_such_table VALUES (1)"))

    results = await asyncio.gather(good("a"), bad(), good("b"), return_exceptions=True)

    assert [isinstance(result, Exception) for result in results] == [False, True, False]
    async with database.read() as work:
        assert await names(work) == ["a", "b"]


async def test_nobody_else_sees_a_work_before_it_is_committed(database: Database) -> None:
    async with database.write() as work:
        await add(work, "new")
        async with database.read() as other:
            assert await names(other) == []
        assert await names(work) == ["new"]


async def test_facts_are_told_once_and_only_after_the_commit(database: Database) -> None:
    told: list[object] = []
    database.teller = told.extend

    async with database.write() as work:
        await add(work, "kept")
        work.tell("first")
        work.tell("second")
        assert told == []

    assert told == ["first", "second"]


async def test_of_a_work_that_is_undone_nobody_hears(database: Database) -> None:
    told: list[object] = []
    database.teller = told.extend

    with pytest.raises(Stop):
        async with database.write() as work:
            work.tell("never")
            raise Stop

    assert told == []


async def test_of_forty_works_at_once_all_are_kept_and_told(database: Database) -> None:
    told: list[object] = []
    database.teller = told.extend

    async def one(number: int) -> None:
        async with database.write() as work:
            await add(work, f"{number:02}")
            work.tell(number)

    await asyncio.gather(*(one(number) for number in range(40)))

    async with database.read() as work:
        assert await names(work) == [f"{number:02}" for number in range(40)]
    assert sorted(map(str, told), key=int) == [str(number) for number in range(40)]


async def test_one_gives_none_and_value_gives_none_where_there_is_no_row(database: Database) -> None:
    async with database.read() as work:
        assert await work.one(VALUE, name="absent") is None
        assert await work.value(VALUE, name="absent") is None


async def test_run_gives_the_number_of_rows_it_changed(database: Database) -> None:
    async with database.write() as work:
        await work.run_many(ADD, [{"name": name, "value": "1", "at": 0} for name in "abc"])

        assert await work.run(SET, value="2", names=["a", "c", "z"]) == 2
        assert await work.run(SET, value="3", names=[]) == 0
        assert [await work.value(VALUE, name=name) for name in "abc"] == ["2", "1", "2"]


async def test_a_scan_sees_what_is_committed(database: Database) -> None:
    async with database.write() as work:
        await add(work, "kept")

    async with database.read() as work:
        assert [row["name"] for row in await work.scan(NAMES)] == ["kept"]
