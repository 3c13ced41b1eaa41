"""Questions that are foreseen: answered as if each had been asked by itself."""

import pytest

from commandpost.db import Database, Sql
from tests.db.statements import VALUE, add, names

ONE_OF = Sql("SELECT name, value FROM config_values WHERE name = :name OR value = :value ORDER BY name DESC")
COUNT = Sql("SELECT COUNT(*) AS many, MAX(name) AS last FROM config_values WHERE name <> :name")


@pytest.fixture
async def filled(database: Database) -> Database:
    async with database.write() as work:
        for name in ("a", "b", "c"):
            await add(work, name, f"of {name}")
    return database


async def test_each_foreseen_question_has_its_own_answer(filled: Database) -> None:
    async with filled.read() as work:
        work.foresee(ONE_OF, name="nobody", value="nothing")
        work.foresee(ONE_OF, name="a", value="of b")
        work.foresee(COUNT, name="a")

        first = await work.one(VALUE, name="c")
        nobody = await work.one(ONE_OF, name="nobody", value="nothing")
        later_in_order = await work.one(ONE_OF, name="a", value="of b")
        count = await work.one(COUNT, name="a")

    assert first is not None
    assert first["value"] == "of c"
    assert nobody is None
    assert later_in_order is not None
    assert (later_in_order["name"], later_in_order["value"]) == ("b", "of b")
    assert count is not None
    assert (count["many"], count["last"]) == (2, "c")


async def test_a_question_of_which_there_is_no_row_leaves_the_foreseen_ones_their_answers(
    filled: Database,
) -> None:
    async with filled.read() as work:
        work.foresee(VALUE, name="a")

        assert await work.one(VALUE, name="nobody") is None
        found = await work.one(VALUE, name="a")

    assert found is not None
    assert found["value"] == "of a"


async def test_what_was_not_foreseen_is_asked_all_the_same(filled: Database) -> None:
    async with filled.read() as work:
        work.foresee(VALUE, name="a")

        assert await names(work) == ["a", "b", "c"]
        assert await work.value(VALUE, name="b") == "of b"
        other = await work.one(ONE_OF, name="c", value="")

    assert other is not None
    assert other["value"] == "of c"
