"""What only SQLite does: commits shared by a group, one file on a disk that may be full or busy."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from commandpost.db import Database, Sql, database_at
from commandpost.kernel.errors import Unavailable
from tests.db.statements import add, names

PAGES = Sql("PRAGMA page_count")


async def test_works_that_wait_for_each_other_share_a_commit(sqlite_database: Database) -> None:
    order: list[str] = []
    sqlite_database.teller = lambda facts: order.append(",".join(map(str, facts)))

    async def one(name: str) -> None:
        async with sqlite_database.write() as work:
            await add(work, name)
            work.tell(name)
            order.append(f"wrote {name}")

    await asyncio.gather(*(one(name) for name in "abc"))

    assert order == ["wrote a", "wrote b", "wrote c", "a", "b", "c"]


async def test_a_work_given_up_while_it_waits_for_the_disk_is_still_told(sqlite_database: Database) -> None:
    told: list[object] = []
    sqlite_database.teller = told.extend
    written = asyncio.Event()

    async def one() -> None:
        async with sqlite_database.write() as work:
            await add(work, "kept")
            work.tell("kept")
            written.set()

    task = asyncio.create_task(one())
    await written.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    async with sqlite_database.write() as work:
        assert await names(work) == ["kept"]
    assert told == ["kept"]


async def test_when_the_disk_is_full_nobody_is_told_that_their_change_is_saved(
    sqlite_database: Database,
) -> None:
    told: list[object] = []
    sqlite_database.teller = told.extend

    async def small() -> None:
        async with sqlite_database.write() as work:
            await add(work, "small")
            work.tell("small")

    async def too_big() -> None:
        async with sqlite_database.write() as work:
            await work.value(Sql(f"PRAGMA max_page_count = {await work.value(PAGES) + 2}"))
            for number in range(1000):
                await add(work, f"big {number}", value="x" * 4000)

    results = await asyncio.gather(small(), too_big(), return_exceptions=True)

    async with sqlite_database.read() as work:
        saved = await names(work)
    assert isinstance(results[1], Unavailable)
    assert (saved, told) == (([], []) if isinstance(results[0], Unavailable) else (["small"], ["small"]))


async def test_after_a_full_disk_has_room_again_work_goes_on(sqlite_database: Database) -> None:
    with pytest.raises(Unavailable):
        async with sqlite_database.write() as work:
            await work.value(Sql(f"PRAGMA max_page_count = {await work.value(PAGES) + 2}"))
            for number in range(1000):
                await add(work, f"big {number}", value="x" * 4000)

    async with sqlite_database.write() as work:
        await work.value(Sql("PRAGMA max_page_count = 1000000"))
        await add(work, "fits")

    async with sqlite_database.read() as work:
        assert await names(work) == ["fits"]


async def test_a_file_locked_by_another_program_is_unavailable_and_later_not(sqlite_url: str) -> None:
    database = database_at(sqlite_url)
    await database.open()
    other = sqlite3.connect(Path(sqlite_url.removeprefix("sqlite:///")), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable):
        async with database.write() as work:
            await add(work, "refused")
    other.execute("COMMIT")
    other.close()

    async with database.write() as work:
        await add(work, "accepted")

    async with database.read() as work:
        assert await names(work) == ["accepted"]
    await database.close()


async def test_a_file_that_cannot_be_opened_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(Unavailable):
        await database_at(f"sqlite:///{tmp_path}/file/commandpost.db").open()


async def test_a_commit_is_durable_before_it_is_acknowledged(sqlite_database: Database) -> None:
    async with sqlite_database.write() as work:
        pragmas = [await work.value(Sql(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous")]

    assert pragmas == ["wal", 2]
