"""Bringing a database to the present shape, and telling whether it is there."""

import asyncio
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

_LOCK_KEY = 4_206_942


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


def newest() -> str:
    """The revision that this program expects."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def _upgraded(connection: sa.Connection) -> None:
    """Upgrade, alone: on PostgreSQL an advisory lock keeps a second node waiting until the first is done."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


async def upgrade(url: str) -> None:
    """Bring the database at a SQLAlchemy URL to the newest shape; does nothing if it is there."""
    if url.startswith("sqlite"):
        await asyncio.to_thread(_upgrade_sqlite, url)
        return
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgraded)
    finally:
        await engine.dispose()


def _upgrade_sqlite(url: str) -> None:
    engine = sa.create_engine(url, poolclass=NullPool)
    Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    with engine.begin() as connection:
        _upgraded(connection)


async def current(url: str) -> str | None:
    """The revision the database is at; None for an empty one."""
    if url.startswith("sqlite"):
        engine = sa.create_engine(url, poolclass=NullPool)
        with engine.connect() as connection:
            return _revision(connection)
    async_engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with async_engine.connect() as connection:
            return await connection.run_sync(_revision)
    finally:
        await async_engine.dispose()
