"""Statements of whose outcome nothing is asked: sent together, seen as if they had been run at once."""

import pytest

from commandpost.db import Database, Sql
from commandpost.db.sql import together
from tests.db.statements import SET, VALUE, add, names

PUT = Sql("INSERT INTO config_values (name, value, update_at) VALUES (:name, :value, :at)")
FAIL = Sql("INSERT INTO login_failures (subject, failures, first_at, last_at) VALUES (:subject, 1, :at, :at)")
FAILURES = Sql("SELECT failures FROM login_failures WHERE subject = :subject")


async def test_what_was_put_is_seen_by_what_comes_after_it(database: Database) -> None:
    async with database.write() as work:
        await work.put(PUT, name="a", value="1", at=0)
        await work.put(PUT, name="b", value="2", at=0)
        await work.put(FAIL, subject="x", at=5)
        assert await names(work) == ["a", "b"]
        assert await work.run(SET, value="3", names=["a", "b"]) == 2
        await work.put(PUT, name="c", value="4", at=0)

    async with database.read() as work:
        assert await names(work) == ["a", "b", "c"]
        assert await work.value(VALUE, name="b") == "3"
        assert await work.value(FAILURES, subject="x") == 1


async def test_what_was_put_is_undone_with_the_work(database: Database) -> None:
    async def fail() -> None:
        async with database.write() as work:
            await work.put(PUT, name="a", value="1", at=0)
            await work.put(FAIL, subject="x", at=5)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()

    async with database.read() as work:
        assert await names(work) == []


async def test_a_put_that_fails_fails_the_work(database: Database) -> None:
    async with database.write() as work:
        await add(work, "a")

    async def put_again() -> None:
        async with database.write() as work:
            await work.put(FAIL, subject="x", at=5)
            await work.put(PUT, name="a", value="1", at=0)

    with pytest.raises(Exception, match=r"(?i)unique|duplicate"):
        await put_again()

    async with database.read() as work:
        assert await work.value(FAILURES, subject="x") is None


@pytest.mark.parametrize("count", [0, 1, 3, 9])
async def test_many_are_put_as_one(database: Database, count: int) -> None:
    wanted = [f"n{number}" for number in range(count)]

    async with database.write() as work:
        await work.put_many(PUT, [{"name": name, "value": "1", "at": 0} for name in wanted])
        await work.put(FAIL, subject="x", at=5)
        assert await names(work) == wanted


async def test_many_are_put_at_once_where_the_database_can(database: Database) -> None:
    at_once = Sql(
        "INSERT INTO config_values (name, value, update_at) SELECT * FROM"
        " jsonb_to_recordset(:rows::jsonb) AS added(name text, value text, at bigint)"
    )

    async with database.write() as work:
        rows = [{"name": name, "value": "1", "at": 7} for name in ("a", "b")]
        await work.put_many(PUT, rows, at_once=at_once)
        await work.put_many(PUT, [{"name": "c", "value": "2", "at": 7}], at_once=at_once)

    async with database.read() as work:
        assert await names(work) == ["a", "b", "c"]
        assert await work.value(VALUE, name="b") == "1"


def test_parameters_of_statements_sent_together_follow_one_another() -> None:
    first = Sql("UPDATE a SET x = :x, y = :y WHERE x = :x")
    second = Sql("DELETE FROM b WHERE z = :z")

    change, deletion = first.for_postgresql({"x": 1, "y": 2}), second.for_postgresql({"z": 3})

    assert together([change, deletion]) == (
        "WITH s0 AS (UPDATE a SET x = $1, y = $2 WHERE x = $1) DELETE FROM b WHERE z = $3",
        [1, 2, 3],
    )
    assert together([deletion]) == ("DELETE FROM b WHERE z = $1", [3])


def test_a_statement_knows_its_tables() -> None:
    sql = Sql(
        "INSERT INTO a (x) SELECT y FROM b JOIN c ON TRUE JOIN json_each (:z) WHERE TRUE DO UPDATE SET x = 1",
        postgresql="UPDATE d SET x = :x",
    )

    assert sql.tables == {"a", "b", "c", "d"}
