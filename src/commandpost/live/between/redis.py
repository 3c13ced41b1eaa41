"""Live events between nodes over Redis or Valkey: publish and subscribe on one channel.

Only live events travel there, nothing is kept in it; without it the nodes go on by themselves.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from commandpost.live.between.carrying import CarryingBroker, CutOff, Line
from commandpost.live.broker import Deliver

_CONNECT_TIMEOUT_S = 5.0
_ALIVE_EVERY_S = 10.0
_ANSWER_WITHIN_S = 2 * _ALIVE_EVERY_S
_GONE = (RedisError, OSError, TimeoutError)


class RedisBroker(CarryingBroker):
    """A broker over Redis. `url` is redis://…, rediss://… or unix://….

    `installation` gives a name that tells apart those who share a Redis; it is asked when connecting.
    """

    def __init__(
        self,
        url: str,
        installation: Callable[[], str],
        deliver: Deliver,
        renew: Callable[[], None],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(deliver, renew, monotonic=monotonic)
        self._url = url
        self._installation = installation

    @asynccontextmanager
    async def connected(self) -> AsyncGenerator[Line]:
        redis = _at(self._url, socket_timeout=None)
        name = f"commandpost:live:{self._installation()}"
        subscription = redis.pubsub()  # pyright: ignore[reportUnknownMemberType] -- as above
        try:
            await _answered(subscription.subscribe(name))
            await _answered(subscription.get_message(timeout=_CONNECT_TIMEOUT_S))
            yield _RedisLine(redis, subscription, name)
        finally:
            with suppress(*_GONE):
                await subscription.aclose()
            with suppress(*_GONE):
                await redis.aclose()


async def check(url: str) -> None:
    """Ask a Redis whether it is there. Raises CutOff."""
    try:
        redis = _at(url, socket_timeout=_CONNECT_TIMEOUT_S)
    except ValueError as cause:  # of an address that is none
        raise CutOff(str(cause)) from cause
    try:
        await _answered(redis.ping())  # pyright: ignore[reportUnknownMemberType] -- its options are not typed
    finally:
        with suppress(*_GONE):
            await redis.aclose()


def _at(url: str, *, socket_timeout: float | None) -> Redis:
    return Redis.from_url(  # pyright: ignore[reportUnknownMemberType] -- its options are not typed
        url,
        socket_connect_timeout=_CONNECT_TIMEOUT_S,
        socket_timeout=socket_timeout,
        retry=Retry(NoBackoff(), 0),
    )


class _RedisLine:
    def __init__(self, redis: Redis, subscription: PubSub, name: str) -> None:
        self._redis = redis
        self._subscription = subscription
        self._name = name

    async def send(self, parcels: Sequence[bytes]) -> None:
        async with self._redis.pipeline(transaction=False) as pipeline:
            for parcel in parcels:
                pipeline.publish(self._name, parcel)  # pyright: ignore[reportUnknownMemberType] -- as above
            await _answered(pipeline.execute())

    async def arriving(self) -> AsyncGenerator[bytes]:
        """The parcels as they come. Where none come, Redis is asked whether it still lives."""
        while True:
            message: dict[str, Any] | None = await _answered(
                self._subscription.get_message(ignore_subscribe_messages=True, timeout=_ALIVE_EVERY_S)
            )
            if message is None:
                ping = self._subscription.ping()  # pyright: ignore[reportUnknownMemberType] -- as above
                await _answered(ping)
            elif message["type"] == "message":
                yield message["data"]


async def _answered(asked: Any) -> Any:
    try:
        async with asyncio.timeout(_ANSWER_WITHIN_S):
            return await asked
    except _GONE as cause:
        raise CutOff(str(cause)) from cause
