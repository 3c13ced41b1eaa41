"""Brokers between nodes: one suite, held by PostgreSQL and by Redis."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import asyncpg
import pytest

from commandpost.live.between import PostgresBroker
from commandpost.live.between.carrying import CarryingBroker
from commandpost.live.between.redis import RedisBroker
from commandpost.live.event import Audience, Frame
from commandpost.live.message import JoinedChannel, Message, Stale
from tests.live.listening import HandTurnedTime
from tests.support.patience import PATIENCE_S
from tests.support.valkey import Valkey, redis_server

__all__ = ["redis_server"]


class Node:
    """A node as its broker sees it: what was delivered to it, how often it had to renew its sockets."""

    def __init__(self) -> None:
        self.heard: list[Message] = []
        self.renewals = 0
        self.time = HandTurnedTime()
        self.broker: CarryingBroker
        self._stirred = asyncio.Event()

    def deliver(self, message: Message) -> None:
        self.heard.append(message)
        self._stirred.set()

    def renew(self) -> None:
        self.renewals += 1
        self._stirred.set()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something to be true."""
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                self._stirred.clear()
                try:
                    await asyncio.wait_for(self._stirred.wait(), 0.02)
                except TimeoutError:
                    continue

    async def lives(self, seconds: int) -> None:
        """Let its time pass while it is heard all along."""
        for _ in range(0, seconds, 5):
            self.time.seconds += 5
            self.broker.publish([Stale(of="timers")])
            await self.until(lambda: Stale(of="timers") in self.heard)
            self.heard.remove(Stale(of="timers"))


Make = Callable[[], Node]


@pytest.fixture(params=["postgresql", "redis"])
def make(request: pytest.FixtureRequest) -> Make:
    """Makes nodes that share a service."""

    address = request.getfixturevalue("postgresql_url" if request.param == "postgresql" else "redis_server")

    def on_postgresql() -> Node:
        node = Node()
        node.broker = PostgresBroker(address, node.deliver, node.renew, monotonic=node.time)
        return node

    def on_redis() -> Node:
        node = Node()
        node.broker = RedisBroker(address.url, lambda: "test", node.deliver, node.renew, monotonic=node.time)
        return node

    return on_postgresql if request.param == "postgresql" else on_redis


@asynccontextmanager
async def running(*nodes: Node) -> AsyncGenerator[None]:
    """Nodes at work, which have heard of each other."""
    tasks = [asyncio.create_task(node.broker.run()) for node in nodes]
    try:
        for node in nodes:
            await node.until(lambda node=node: node.broker.is_up and node.broker.peers == len(nodes) - 1)
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def running_beside(one: Node, other: Node) -> AsyncGenerator[None]:
    """Another node at work, which dies at the end."""
    task = asyncio.create_task(other.broker.run())
    try:
        await one.until(lambda: one.broker.peers == 1)
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def frame(number: int, size: int = 10) -> Frame:
    return Frame.of("posted", {"number": number, "text": "ä" * size}, Audience(channel_id="c"))


async def test_every_node_hears_everything_in_one_order(make: Make) -> None:
    ana, ben = make(), make()
    async with running(ana, ben):
        for number in range(50):
            ana.broker.publish([JoinedChannel(f"a{number}", "c"), frame(number)])
            ben.broker.publish([frame(1000 + number)])

        for node in (ana, ben):
            await node.until(lambda node=node: len(node.heard) == 150)

    assert ana.heard == ben.heard
    assert [m for m in ana.heard if isinstance(m, JoinedChannel)] == [
        JoinedChannel(f"a{number}", "c") for number in range(50)
    ]


async def test_events_larger_than_a_notification_arrive_whole(make: Make) -> None:
    ana, ben = make(), make()
    large = [frame(1, 60_000), Stale(of="settings"), frame(2, 9_000)]
    async with running(ana, ben):
        ana.broker.publish(large)

        await ben.until(lambda: len(ben.heard) == 3)

    assert ben.heard == large


async def test_a_node_alone_spares_itself_the_way(make: Make) -> None:
    ana = make()
    async with running(ana):
        ana.broker.publish([frame(1)])
        await ana.until(lambda: len(ana.heard) == 1)
        await ana.lives(20)

        ana.broker.publish([frame(2)])

        assert ana.heard == [frame(1), frame(2)]


async def test_what_is_under_way_when_a_node_finds_itself_alone_comes_first_and_once(make: Make) -> None:
    ana, ben = make(), make()
    async with running(ana):
        await ana.lives(10)
        ana.broker.publish([frame(1)])
        ana.time.seconds += 10

        ana.broker.publish([frame(2)])

        assert ana.heard == [frame(1), frame(2)]
        async with asyncio.TaskGroup() as group:
            task = group.create_task(ben.broker.run())
            await ana.until(lambda: ana.broker.peers == 1)
            ana.broker.publish([frame(3)])
            await ana.until(lambda: frame(3) in ana.heard)
            task.cancel()

    assert ana.heard == [frame(1), frame(2), frame(3)]


async def test_who_comes_later_renews_its_sockets_and_the_others_need_not(make: Make) -> None:
    ana, ben = make(), make()
    async with running(ana):
        await ana.lives(20)
        task = asyncio.create_task(ben.broker.run())
        await ben.until(lambda: ben.renewals == 1)

        ana.broker.publish([frame(1)])
        await ben.until(lambda: ben.heard == [frame(1)])
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    assert ana.renewals == 0


async def test_when_a_node_dies_the_others_renew_their_sockets_for_what_it_told_nobody(make: Make) -> None:
    ana, ben = make(), make()
    async with running(ana):
        async with running_beside(ana, ben):
            await ana.until(lambda: ana.renewals == 1)

        await ana.lives(20)

        await ana.until(lambda: ana.renewals == 2)


async def test_a_node_that_ends_brings_out_what_waits_and_nobody_renews_for_it(make: Make) -> None:
    ana, ben = make(), make()
    ben.broker.leave_within_s = PATIENCE_S
    async with running(ana):
        async with running_beside(ana, ben):
            await ana.until(lambda: ana.renewals == 1)
            ben.broker.publish([frame(number) for number in range(50)])
            await ben.broker.leave()

        await ana.until(lambda: len(ana.heard) == 50)
        await ana.lives(20)

    assert ana.renewals == 1


async def test_a_node_that_stood_still_leaves_nobody_out_and_renews_its_sockets(make: Make) -> None:
    ana, ben = make(), make()
    async with running(ana, ben):
        for node in (ana, ben):
            await node.until(lambda node=node: node.renewals == 1)

        ana.time.seconds += 60
        ana.broker.publish([frame(1)])

        await ben.until(lambda: frame(1) in ben.heard)
        await ana.until(lambda: ana.renewals == 2)
        assert ben.renewals == 1


async def test_a_node_that_stood_still_all_alone_renews_nothing(make: Make) -> None:
    ana = make()
    async with running(ana):
        await ana.lives(20)
        ana.time.seconds += 60

        ana.broker.publish([frame(1)])
        await ana.until(lambda: frame(1) in ana.heard)
        await ana.lives(20)

        assert ana.renewals == 0


async def test_redis_goes_and_comes_back(redis_server: Valkey) -> None:
    ana, ben = Node(), Node()
    for node in (ana, ben):
        node.broker = RedisBroker(redis_server.url, lambda: "test", node.deliver, node.renew)
    async with running(ana, ben):
        await ben.until(lambda: ben.renewals > 0)
        redis_server.stop()
        await ana.until(lambda: not ana.broker.is_up)
        ana.broker.publish([frame(1)])
        assert ana.heard == [frame(1)]
        renewed = ben.renewals

        redis_server.start()
        await ana.until(lambda: ana.broker.is_up)
        await ben.until(lambda: ben.renewals > renewed)
        ana.broker.publish([frame(2)])
        await ben.until(lambda: ben.heard == [frame(2)])

    assert ana.heard == [frame(1), frame(2)]


async def test_postgresql_hangs_up_and_takes_back(postgresql_url: str) -> None:
    ana, ben = Node(), Node()
    for node in (ana, ben):
        node.broker = PostgresBroker(postgresql_url, node.deliver, node.renew)
    async with running(ana, ben):
        await ben.until(lambda: ben.renewals > 0)
        renewed = ben.renewals
        connection = await asyncpg.connect(postgresql_url)
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await connection.close()

        await ben.until(lambda: ben.renewals > renewed)
        ana.broker.publish([frame(1)])
        for node in (ana, ben):
            await node.until(lambda node=node: frame(1) in node.heard)
