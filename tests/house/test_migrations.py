"""Migrating gives exactly the tables that the stores know; each migration says whether it takes away."""

import re
from functools import partial
from typing import Any

import asyncpg
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from commandpost.audit.store import tables as audit_tables
from commandpost.chat.mattermost.store import tables as mattermost_tables
from commandpost.db import Database, migrations
from commandpost.db import tables as own_tables
from commandpost.db.migrations.marks import CONTRACTS, EXPANDS, Mark, of_program
from commandpost.db.schema import metadata
from commandpost.incidents.store import tables as incident_tables
from commandpost.integrations.store import tables as integration_tables
from commandpost.workspace.store import tables as workspace_tables
from tests.house.sources import PACKAGE

TABLES = {own_tables, audit_tables, incident_tables, integration_tables, mattermost_tables, workspace_tables}
KIND = re.compile(r'^kind = "(\w+)"$', re.MULTILINE)
TAKES_AWAY = re.compile(r"\b(drop_\w+|rename_table|alter_column|DROP|RENAME|SET NOT NULL)\b")


def differences(connection: sa.Connection) -> list[Any]:
    """What would have to change for the database to have the tables' shape."""
    context = MigrationContext.configure(connection, opts={"include_object": is_ours, "compare_type": True})
    return compare_metadata(context, metadata)


def is_ours(_thing: object, name: str | None, kind: str, reflected: bool, _other: object) -> bool:
    """All but what belongs to full-text search, which each database has in a way of its own."""
    return not (reflected and kind in ("table", "index") and name is not None and "_search" in name)


async def test_migrations_make_the_tables_that_the_stores_know(database: Database) -> None:
    if database.url.startswith("sqlite"):
        engine = sa.create_engine(database.url, poolclass=NullPool)
        with engine.connect() as connection:
            found = differences(connection)
    else:
        async_engine = create_async_engine(
            "postgresql+asyncpg://", poolclass=NullPool, async_creator=partial(asyncpg.connect, database.url)
        )
        async with async_engine.connect() as async_connection:
            found = await async_connection.run_sync(differences)
        await async_engine.dispose()

    assert found == []


async def test_a_migrated_database_is_at_the_newest_revision_and_stays_so(database: Database) -> None:
    await migrations.upgrade(database.url)

    assert await migrations.current(database.url) == migrations.newest()


def test_each_migration_says_whether_it_expands_or_contracts_and_older_versions_know_what_for() -> None:
    before: list[str] = []
    for mark in of_program():
        text = (PACKAGE / f"db/migrations/versions/{mark.revision}.py").read_text()
        assert KIND.findall(text) == [mark.kind], mark.revision
        if mark.kind == EXPANDS:
            assert TAKES_AWAY.findall(text) == [], f"{mark.revision} contracts"
        else:
            assert mark.unused_since in (*before, mark.revision), mark.revision
        before.append(mark.revision)


def test_what_contracts_leaves_alone_only_who_knows_since_when_it_is_unused() -> None:
    mark = Mark(revision="2999_01_02_1_no_weather", unused_since="2999_01_01_1_weather")

    assert mark.kind == CONTRACTS
    assert mark.leaves_alone("2999_01_01_1_weather")
    assert not mark.leaves_alone("2998_12_31_1_before")
