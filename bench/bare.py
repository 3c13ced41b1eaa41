"""The rate of a bare insert and commit on the same database: what the disk and the database give at most."""

import asyncio
import sqlite3
import time
from pathlib import Path

import asyncpg


async def insert_and_commit(database_url: str, *, connections: int, seconds: float) -> float:
    """Inserts per second, each committed by itself, from `connections` writers."""
    if database_url.startswith("sqlite:///"):
        path = Path(database_url.removeprefix("sqlite:///")).with_name("bare.db")
        return await asyncio.to_thread(_sqlite, path, seconds)
    return await _postgresql(database_url, connections, seconds)


def _sqlite(path: Path, seconds: float) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, message TEXT)")
    begun, count = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        connection.execute("INSERT INTO bare (message) VALUES (?)", ("message",))
        count += 1
    elapsed = time.perf_counter() - begun
    connection.close()
    return count / elapsed


async def _postgresql(url: str, connections: int, seconds: float) -> float:
    first = await asyncpg.connect(url)
    await first.execute("CREATE TABLE IF NOT EXISTS bare (id BIGSERIAL PRIMARY KEY, message TEXT)")
    begun, count = time.perf_counter(), 0

    async def work() -> None:
        nonlocal count
        connection = await asyncpg.connect(url)
        while time.perf_counter() - begun < seconds:
            await connection.execute("INSERT INTO bare (message) VALUES ($1)", "message")
            count += 1
        await connection.close()

    await asyncio.gather(*(work() for _ in range(connections)))
    elapsed = time.perf_counter() - begun
    await first.execute("DROP TABLE bare")
    await first.close()
    return count / elapsed
