"""Connections to PostgreSQL are lent, shared out and replaced when they break."""

import asyncio

import asyncpg
import pytest

from commandpost.db.connections import Connections


async def pid(connections: Connections) -> int:
    connection = await connections.take()
    try:
        return await connection.fetchval("SELECT pg_backend_pid()")
    finally:
        connections.give_back(connection)


async def test_a_connection_is_used_again(postgresql_url: str) -> None:
    connections = Connections(postgresql_url, most=4)

    assert await pid(connections) == await pid(connections)
    await connections.close()


async def test_no_more_are_opened_than_allowed_and_nobody_waits_forever(postgresql_url: str) -> None:
    connections = Connections(postgresql_url, most=2)

    pids = await asyncio.gather(*(pid(connections) for _ in range(20)))

    assert len(set(pids)) <= 2
    await connections.close()


async def test_a_broken_connection_is_replaced(postgresql_url: str) -> None:
    connections = Connections(postgresql_url, most=1)
    broken = await connections.take()
    waiting = asyncio.create_task(pid(connections))
    await asyncio.sleep(0)
    broken.terminate()

    connections.give_back(broken)

    assert await waiting > 0
    await connections.close()


async def test_who_gives_up_waiting_takes_nothing_along(postgresql_url: str) -> None:
    connections = Connections(postgresql_url, most=1)
    lent = await connections.take()
    gone, patient = (asyncio.create_task(pid(connections)) for _ in range(2))
    await asyncio.sleep(0)
    connections.give_back(lent)
    gone.cancel()

    assert await patient > 0
    assert await pid(connections) > 0
    await connections.close()


async def test_a_failure_to_connect_leaves_room_for_another_try(postgresql_url: str) -> None:
    nowhere = Connections("postgresql://postgres@127.0.0.1:1/postgres", most=1)

    for _ in range(3):
        with pytest.raises(OSError):
            await nowhere.take()


async def test_after_closing_nothing_is_lent_and_what_was_lent_is_closed(postgresql_url: str) -> None:
    connections = Connections(postgresql_url, most=2)
    lent = await connections.take()

    await connections.close()
    connections.give_back(lent)

    assert lent.is_closed()
    with pytest.raises(asyncpg.InterfaceError):
        await connections.take()
