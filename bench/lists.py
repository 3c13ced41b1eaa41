"""A page of 15 incidents with its exact total, with 10,000 and with 100,000 incidents behind it.

The crowd is made of copies of one real incident, row for row in every table that knows it, written straight
into our own database: no API makes 100,000 incidents in the time of a measurement.
"""

import secrets
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
    replaced = [{incident_id: _new_id(), channel_id: _new_id()} for _ in range(count)]
    for table in catalogue.sorted_tables:
        for row in _rows_about(connection, table, incident_id, channel_id):
            copies = [_copied(table, row, names, number) for number, names in enumerate(replaced, start=1)]
            for start in range(0, count, 1000):
                connection.execute(table.insert(), copies[start : start + 1000])
    _recount(connection, catalogue.tables["incident_counts"], count)


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


def _copied(table: sa.Table, row: dict[str, Any], names: dict[str, str], number: int) -> dict[str, Any]:
    copy = {key: names.get(value, value) if isinstance(value, str) else value for key, value in row.items()}
    if "id" in copy and copy["id"] == row["id"]:
        copy["id"] = _new_id()
    if table.name == "channels":
        copy["name"] = f"{row['name']}-{copy['id']}"
    if table.name == "incidents":
        copy["create_at"] = row["create_at"] - number * _SPREAD_MS
    return {key: value for key, value in copy.items() if not isinstance(table.c[key].computed, sa.Computed)}


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
