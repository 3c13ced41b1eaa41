"""Driving a request from several connections for a while, and what came of it."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

Step = Callable[[int, int], Awaitable[object]]
"""One request: (number of the connection, number of the request on it)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Times in milliseconds, rate in requests per second, at a number of connections."""

    connections: int
    requests: int
    p50_ms: float
    p95_ms: float
    per_second: float

    def __str__(self) -> str:
        return f"{self.p50_ms:7.2f} {self.p95_ms:8.2f} {self.per_second:9.0f}"


async def drive(step: Step, *, connections: int, seconds: float) -> Figures:
    """Run `step` on each connection, one request after another, for `seconds`."""
    taken_ms: list[float] = []
    begun = time.perf_counter()
    until = begun + seconds

    async def work(number: int) -> None:
        turn = 0
        while (now := time.perf_counter()) < until:
            await step(number, turn)
            taken_ms.append((time.perf_counter() - now) * 1000)
            turn += 1

    await asyncio.gather(*(work(number) for number in range(connections)))
    return figures(taken_ms, connections, time.perf_counter() - begun)


def figures(taken_ms: Sequence[float], connections: int, elapsed_s: float) -> Figures:
    """Percentiles and rate of single times."""
    cuts = statistics.quantiles(taken_ms, n=20) if len(taken_ms) > 1 else [taken_ms[0]] * 19
    return Figures(
        connections=connections,
        requests=len(taken_ms),
        p50_ms=statistics.median(taken_ms),
        p95_ms=cuts[18],
        per_second=len(taken_ms) / elapsed_s,
    )
