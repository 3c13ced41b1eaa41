"""A page of 15 incidents with its exact total, with 10,000 and with 100,000 incidents behind it.

The crowd is made of copies of one real incident, row for row in every table that knows it, written straight
into our own database: no API makes 100,000 incidents in the time of a measurement.
"""

import secrets
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from bench.client import Connection
from bench.measure import Figures, drive
from bench.stage import V0, Stage

_COPIED = "_copied"
_SPREAD_MS = 60_000


async def crowd(database_url: str, incident_id: str, channel_id: str, count: int) -> None:
    """Copy an incident and its channel `count` times, each a minute older than the one before."""
    if database_url.startswith("sqlite"):
        engine = sa.create_engine(database_url)
        with engine.begin() as connection:
            _copy(connection, incident_id, channel_id, count)
        engine.dispose()
        return
    async_engine = create_async_engine(database_url.replace("postgresql://", "postgresql+asyncpg://", 1))
    async with async_engine.begin() as connection:
        await connection.run_sync(_copy, incident_id, channel_id, count)
    async with async_engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(sa.text("ANALYZE"))
    await async_engine.dispose()


def _copy(connection: sa.Connection, incident_id: str, channel_id: str, count: int) -> None:
    catalogue = sa.MetaData()
    catalogue.reflect(connection)
    copies = _numbered_ids(connection, count)
    ids = {incident_id: copies.c.incident_id, channel_id: copies.c.channel_id}
    for table in catalogue.sorted_tables:
        for row in _rows_about(connection, table, incident_id, channel_id):
            columns = _copied(connection, table, row, ids, copies.c.number)
            connection.execute(table.insert().from_select(list(columns), sa.select(*columns.values())))
    _recount(connection, catalogue.tables["incident_counts"], count)
    copies.drop(connection)


def _numbered_ids(connection: sa.Connection, count: int) -> sa.Table:
    """A table with the number and the new ids of each copy, from which the database makes the rows itself.

    Sent row by row, the million rows of 90,000 incidents took longer than anybody would wait.
    """
    copies = sa.Table(
        "copies",
        sa.MetaData(),
        sa.Column("number", sa.BigInteger),
        sa.Column("incident_id", sa.Text),
        sa.Column("channel_id", sa.Text),
        prefixes=["TEMPORARY"],
    )
    copies.create(connection)
    connection.execute(
        copies.insert(),
        [
            {"number": number, "incident_id": _new_id(), "channel_id": _new_id()}
            for number in range(1, count + 1)
        ],
    )
    return copies


def _recount(connection: sa.Connection, counts: sa.Table, more: int) -> None:
    """Exact totals are kept, not counted: everybody who counts the original counts its copies too."""
    shards = sa.select(counts.c.viewer_id, sa.func.min(counts.c.shard)).where(counts.c["count"] > 0)
    for viewer_id, shard in connection.execute(shards.group_by(counts.c.viewer_id)).all():
        row = counts.c.viewer_id == viewer_id, counts.c.shard == shard
        connection.execute(counts.update().where(*row).values(count=counts.c["count"] + more))


def _rows_about(
    connection: sa.Connection, table: sa.Table, incident_id: str, channel_id: str
) -> list[dict[str, Any]]:
    keys = {"incident_id": incident_id, "channel_id": channel_id}
    if table.name == "incidents":
        keys = {"id": incident_id}
    elif table.name == "channels":
        keys = {"id": channel_id}
    conditions = [table.c[key] == value for key, value in keys.items() if key in table.c]
    if not conditions or table.name == "posts":
        return []
    return [dict(row) for row in connection.execute(table.select().where(sa.or_(*conditions))).mappings()]


def _copied(
    connection: sa.Connection,
    table: sa.Table,
    row: dict[str, Any],
    ids: Mapping[str, sa.ColumnElement[Any]],
    number: sa.ColumnElement[int],
) -> dict[str, sa.ColumnElement[Any]]:
    """What the columns of a row hold in its copies, but for those that the database works out by itself."""
    copied: dict[str, sa.ColumnElement[Any]] = {
        name: ids[value] if isinstance(value, str) and value in ids else sa.literal(value, table.c[name].type)
        for name, value in row.items()
        if table.c[name].computed is None
    }
    if "id" in copied and row["id"] not in ids:
        copied["id"] = _fresh_id(connection)
    if table.name == "channels":
        copied["name"] = sa.literal(row["name"] + "-") + copied["id"]
    if table.name == "incidents":
        copied["create_at"] = sa.literal(row["create_at"], sa.BigInteger) - number * _SPREAD_MS
    return copied


def _fresh_id(connection: sa.Connection) -> sa.ColumnElement[str]:
    """Another id for each row."""
    if connection.dialect.name == "sqlite":
        return sa.func.lower(sa.func.hex(sa.func.randomblob(13)))
    return sa.func.substr(sa.func.md5(sa.cast(sa.func.random(), sa.Text)), 1, 26)


def _new_id() -> str:
    return secrets.token_hex(13)


async def page_of_15(
    stage: Stage, connections: list[Connection], *, seconds: float, expected: int
) -> Figures:
    """Measure the page at as many connections as are handed in. Raises ValueError if the total is wrong."""
    path = f"{V0}/incidents?team_id={stage.team_id}&per_page=15&sort=create_at&direction=desc"
    total = (await connections[0].json("GET", path))["total_count"]
    if total < expected:
        raise ValueError(f"the list tells {total} incidents where at least {expected} are")

    async def step(number: int, _turn: int) -> object:
        return await connections[number].ask("GET", path)

    return await drive(step, connections=len(connections), seconds=seconds)
