"""Migrating gives exactly the tables that the stores know, on both databases."""

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
from commandpost.db.schema import metadata
from commandpost.incidents.store import tables as incident_tables
from commandpost.integrations.store import tables as integration_tables
from commandpost.workspace.store import tables as workspace_tables

TABLES = {audit_tables, incident_tables, integration_tables, mattermost_tables, workspace_tables}


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
