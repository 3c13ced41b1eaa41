"""Migrating: all or nothing, and alone."""

import asyncio
import sqlite3
from pathlib import Path

import asyncpg
import pytest

from commandpost.db import migrations
from commandpost.kernel.errors import Unavailable
from commandpost.kernel.ids import new_id
from tests.support.postgres import Postgres


def tables_in(path: Path) -> set[str]:
    connection = sqlite3.connect(path)
    try:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    finally:
        connection.close()


async def test_two_processes_that_migrate_an_empty_file_at_once_both_succeed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'commandpost.db'}"

    await asyncio.gather(migrations.upgrade(url), migrations.upgrade(url))

    assert await migrations.current(url) == migrations.newest()


async def test_two_processes_that_migrate_an_empty_server_database_at_once_both_succeed(
    postgres: Postgres,
) -> None:
    name = f"test_{new_id()}"
    await postgres.run(f"CREATE DATABASE {name}")
    url = postgres.dsn(name)

    await asyncio.gather(migrations.upgrade(url), migrations.upgrade(url))

    assert await migrations.current(url) == migrations.newest()
    await postgres.run(f"DROP DATABASE {name} WITH (FORCE)")


async def test_a_migration_that_fails_halfway_leaves_a_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "commandpost.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE posts (id TEXT)")
    connection.close()

    with pytest.raises(Unavailable, match="posts already exists"):
        await migrations.upgrade(f"sqlite:///{path}")

    assert tables_in(path) == {"posts"}
    assert await migrations.current(f"sqlite:///{path}") is None


async def test_a_migration_that_fails_halfway_leaves_a_server_database_as_it_was(postgres: Postgres) -> None:
    name = f"test_{new_id()}"
    await postgres.run(f"CREATE DATABASE {name}")
    connection = await asyncpg.connect(postgres.dsn(name))
    await connection.execute("CREATE TABLE posts (id TEXT)")

    with pytest.raises(Unavailable, match='"posts" already exists'):
        await migrations.upgrade(postgres.dsn(name))

    rows = await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    await connection.close()
    assert [row["tablename"] for row in rows] == ["posts"]
    await postgres.run(f"DROP DATABASE {name} WITH (FORCE)")


async def test_a_database_that_cannot_be_reached_is_said_and_not_waited_for() -> None:
    with pytest.raises(Unavailable, match="Cannot reach the database"):
        await migrations.upgrade("postgresql://nobody@127.0.0.1:1/nothing")
