"""Brokers between several nodes: over PostgreSQL, or over Redis (Valkey)."""

from collections.abc import Callable
from typing import TypeAlias

from commandpost.live.between.carrying import CutOff
from commandpost.live.between.postgres import PostgresBroker
from commandpost.live.broker import Broker, Deliver, MemoryBroker

__all__ = ["Brokers", "CutOff", "PostgresBroker", "broker_for", "check_redis"]

Brokers: TypeAlias = Callable[[str, str, Callable[[], str], Deliver, Callable[[], None]], Broker]
"""Where a server's broker comes from: see `broker_for`."""


def broker_for(
    database_url: str,
    redis_url: str,
    installation: Callable[[], str],
    deliver: Deliver,
    renew: Callable[[], None],
) -> Broker:
    """The broker for a server on that database: SQLite has one server, which needs none in between."""
    if not database_url.startswith("postgresql"):
        return MemoryBroker(deliver)
    if redis_url:
        from commandpost.live.between.redis import RedisBroker  # noqa: PLC0415 -- 18 MB, and not everybody's

        return RedisBroker(redis_url, installation, deliver, renew)
    return PostgresBroker(database_url, deliver, renew)


async def check_redis(url: str) -> None:
    """Ask the Redis at this address whether it is there. Raises CutOff."""
    from commandpost.live.between.redis import check  # noqa: PLC0415 -- as above

    await check(url)
