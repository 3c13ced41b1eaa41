"""The unit of work on both databases."""

from commandpost.db import Database, Sql

COUNT = Sql("SELECT count(*) FROM teams")


async def test_fresh(database: Database) -> None:
    async with database.read() as work:
        assert await work.value(COUNT) == 0
