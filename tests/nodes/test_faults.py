"""What several servers rest on, or they themselves, are lost under load: nothing acknowledged goes with them.

`make soak` runs the same at full size; `tests/support/size.py` has the sizes.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from commandpost.db import migrations
from tests.nodes.conftest import Nodes, nodes_on
from tests.support.crowd import Crowd, crowd_on
from tests.support.own_postgres import OwnPostgres
from tests.support.patience import PATIENCE_S
from tests.support.served import NO_TLS, Served
from tests.support.size import Size
from tests.support.valkey import Valkey

Record = Callable[[str, object], None]


def record(crowd: Crowd, record_property: Record) -> None:
    """Note for the report of a soak what the crowd went through."""
    record_property("posts acknowledged", len(crowd.posts))
    record_property("incidents acknowledged", len(crowd.incidents))
    record_property("requests cut off", crowd.cut_off)
    record_property("requests refused", len(crowd.refusals))
    record_property("sockets opened by screens", sum(screen.sockets for screen in crowd.screens))


def readiness(servers: list[Served]) -> list[int]:
    """What each says when it is asked whether it can work."""
    return [
        httpx.get(f"{server.url}/readyz", timeout=PATIENCE_S, verify=NO_TLS).status_code for server in servers
    ]


@pytest.mark.timeout(300)
async def test_a_node_killed_in_a_write_storm_loses_and_doubles_nothing_and_screens_have_no_gap(
    nodes: Nodes, size: Size, record_property: Record
) -> None:
    async with crowd_on(nodes.servers, nodes.ana, writers=size.writers) as crowd:
        for kill in range(size.kills):
            await crowd.has_written(size.writes)
            nodes.kill(kill % 2)
            await crowd.has_written(size.writes)
            await asyncio.to_thread(nodes.restart, kill % 2)

    record_property("kills", size.kills)
    record(crowd, record_property)
    assert crowd.cut_off
    assert crowd.refusals == []
    assert all(screen.live for screen in crowd.screens)
    assert max(screen.sockets for screen in crowd.screens) > 1


@pytest.mark.timeout(300)
async def test_redis_gone_and_back_stops_no_write_and_live_events_resume(
    nodes_with_redis: Nodes, redis_server: Valkey, size: Size, record_property: Record
) -> None:
    async with crowd_on(nodes_with_redis.servers, nodes_with_redis.ana, writers=size.writers) as crowd:
        for _ in range(size.outages):
            await crowd.has_written(size.writes)
            redis_server.stop()
            await crowd.until_figure("commandpost_broker_up", 0)
            await crowd.has_written(size.writes)

            redis_server.start()
            await crowd.until_figure("commandpost_broker_up", 1)
            await crowd.until(lambda: all(crowd.posts <= screen.shown() for screen in crowd.screens))
            live = [len(screen.live) for screen in crowd.screens]
            await crowd.has_written(size.writes)
            await crowd.until(
                lambda live=live: all(
                    len(screen.live) >= before + size.writes // 2
                    for screen, before in zip(crowd.screens, live, strict=True)
                )
            )

    record_property("outages", size.outages)
    record(crowd, record_property)
    assert (crowd.refusals, crowd.cut_off) == ([], 0)


@pytest.mark.timeout(300)
async def test_postgresql_gone_and_back_gives_clear_refusals_and_then_all_is_well(
    nodes: Nodes, own_postgres: OwnPostgres, size: Size, record_property: Record
) -> None:
    async with crowd_on(nodes.servers, nodes.ana, writers=size.writers) as crowd:
        for _ in range(size.outages):
            await crowd.has_written(size.writes)
            before = len(crowd.refusals)
            await asyncio.to_thread(own_postgres.crash)
            await crowd.until(lambda before=before: len(crowd.refusals) > before + size.writes)
            ready = await asyncio.to_thread(readiness, nodes.servers)

            await asyncio.to_thread(own_postgres.start)
            await crowd.has_written(size.writes)

            assert ready == [503, 503]

    record_property("outages", size.outages)
    record(crowd, record_property)
    assert crowd.cut_off == 0
    assert all(refusal.headers["Retry-After"] for refusal in crowd.refusals)
    assert {refusal.json()["id"] for refusal in crowd.refusals if "id" in refusal.json()} == {
        "api.context.unavailable.app_error"
    }


def test_two_nodes_that_start_on_an_empty_database_at_once_both_come_up(
    nodes: Nodes, own_postgres: OwnPostgres, size: Size, record_property: Record, tmp_path: Path
) -> None:
    record_property("further starts", size.more_starts)
    assert readiness(nodes.servers) == [200, 200]

    for number in range(size.more_starts):
        url = own_postgres.new_database()
        with nodes_on(tmp_path / str(number), url) as both:
            assert readiness(both.servers) == [200, 200]
            assert asyncio.run(migrations.current(url)) == migrations.newest()
