"""Statements for the tests of `db/`, over the one table they use."""

from commandpost.db import Sql, Work

ADD = Sql("INSERT INTO config_values (name, value, update_at) VALUES (:name, :value, :at)")
NAMES = Sql("SELECT name FROM config_values ORDER BY name")
VALUE = Sql("SELECT value FROM config_values WHERE name = :name")
SET = Sql("UPDATE config_values SET value = :value WHERE name IN (:names...)")


async def add(work: Work, name: str, value: str = "null") -> None:
    await work.run(ADD, name=name, value=value, at=0)


async def names(work: Work) -> list[str]:
    return [row["name"] for row in await work.all(NAMES)]
