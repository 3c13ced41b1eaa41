"""One text, two databases."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commandpost.db import Database, Sql, database_at
from commandpost.kernel.errors import Invalid

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def test_named_parameters_become_positions_on_postgresql() -> None:
    sql = Sql("SELECT 1 WHERE a = :first AND b = :second AND c = :first")

    assert sql.postgresql == "SELECT 1 WHERE a = $1 AND b = $2 AND c = $1"
    assert sql.for_postgresql({"second": 2, "first": 1}) == (sql.postgresql, [1, 2])


def test_a_cast_is_not_a_parameter() -> None:
    sql = Sql("SELECT CAST(:x AS TEXT)", postgresql="SELECT :x::text, now()::date")

    assert sql.postgresql == "SELECT $1::text, now()::date"
    assert sql.sqlite == "SELECT CAST(:x AS TEXT)"


def test_lists_are_one_parameter_of_any_length() -> None:
    sql = Sql("SELECT 1 WHERE a IN (:ids...) AND b NOT IN ( :others... )")

    assert sql.postgresql == "SELECT 1 WHERE a = ANY($1::text[]) AND b <> ALL($2::text[])"
    assert sql.values({"ids": ["x"], "others": []}) == [["x"], []]


def test_short_lists_are_written_out_in_a_few_lengths_for_postgresql() -> None:
    sql = Sql("SELECT 1 WHERE a IN (:ids...) AND b = :b AND c NOT IN (:ids...)")

    def asked(*ids: str) -> tuple[str, list[object]]:
        return sql.for_postgresql({"ids": list(ids), "b": 5})

    empty = "SELECT 1 WHERE a = ANY('{}'::text[]) AND b = $1 AND c <> ALL('{}'::text[])"
    assert asked() == (empty, [5])
    assert asked("x") == ("SELECT 1 WHERE a IN ($1::text) AND b = $2 AND c NOT IN ($1::text)", ["x", 5])
    four = "$1::text, $2::text, $3::text, $4::text"
    assert asked("x", "y") == (
        f"SELECT 1 WHERE a IN ({four}) AND b = $5 AND c NOT IN ({four})",
        ["x", "y", "y", "y", 5],
    )
    many = [str(number) for number in range(65)]
    assert asked(*many) == (sql.postgresql, [many, 5])


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(Invalid):
        database_at("mysql://localhost/commandpost")


@given(chosen=st.lists(texts), asked=texts)
def test_in_and_not_in_mean_what_python_means(chosen: list[str], asked: str) -> None:
    inside = Sql("SELECT :asked IN (:chosen...), :asked NOT IN (:chosen...)")
    params = {"asked": asked, "chosen": chosen}
    connection = sqlite3.connect(":memory:")

    found = connection.execute(inside.sqlite, inside.for_sqlite(params)).fetchone()

    connection.close()
    assert found == (asked in chosen, asked not in chosen)


@given(chosen=st.lists(texts, max_size=70), asked=texts)
def test_a_list_of_any_length_reaches_postgresql_whole(chosen: list[str], asked: str) -> None:
    inside = Sql("SELECT 1 WHERE :asked IN (:chosen...)")

    text, values = inside.for_postgresql({"asked": asked, "chosen": chosen})

    sent = values[1] if "ANY($2" in text else values[1:]
    assert values[0] == asked
    assert set(sent) == set(chosen)


async def test_both_databases_sort_and_match_text_alike(database: Database) -> None:
    words = ["Zebra", "apple", "Äpfel", "zoo", "éclair", "_", "10", "9", "日本", "\N{POPCORN}", ""]
    ordered = Sql("SELECT username FROM users ORDER BY username")
    found = Sql(
        "SELECT username FROM users WHERE username IN (:words...) ORDER BY username DESC LIMIT :limit"
    )
    add = Sql("INSERT INTO users (id, username, email) VALUES (:word, :word, :word)")

    async with database.write() as work:
        await work.run_many(add, [{"word": word} for word in words])

        assert [row["username"] for row in await work.all(ordered)] == sorted(words)
        some = [row["username"] for row in await work.all(found, words=["zoo", "日本", "gone"], limit=2)]
    assert some == ["日本", "zoo"]
