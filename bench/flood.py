"""Overload: more and more connections that ask as fast as they are answered, and never wait when refused.

What matters is that those taken on are answered soon, and that as many are answered as without the others.
Bounded, and against a server of our own on this machine only.
"""

import argparse
import asyncio
import contextlib
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import uvloop

from bench import cpu
from bench.client import Connection
from bench.servers import Running, own_server, postgresql
from bench.stage import PASSWORD, V0, Stage, set_up

_MOST = 4_000
_REFUSED = (429, 503)
_HEAD = (
    f"{'connections':>11} {'answers/s':>9} {'p50 ms':>7} {'p99 ms':>7} {'refused/s':>9} {'wrong':>5}  server"
)


@dataclass(slots=True)
class Outcome:
    """Milliseconds of each answer, how many were refused, and what should not happen at all."""

    answered_ms: list[float] = field(default_factory=list[float])
    refused: int = 0
    without_retry_after: int = 0
    other: int = 0


def say(text: str = "") -> None:
    print(text, flush=True)  # noqa: T201 -- the report is what this program is for


async def run(server: Running, steps: Sequence[int], seconds: float) -> None:
    """Ask with more connections at each step."""
    stage = await set_up(server.url, "flood-admin", PASSWORD, connections=8)
    await server.settled()
    say(_HEAD)
    for step in steps:
        outcome = Outcome()
        before = cpu.spent(server.pid, server.database_pid)
        begun = time.perf_counter()
        await _flood(stage, step, seconds, outcome)
        took = time.perf_counter() - begun
        after = cpu.spent(server.pid, server.database_pid)
        times = sorted(outcome.answered_ms)
        say(
            f"{step:11} {len(times) / took:9.0f} {times[len(times) // 2]:7.1f}"
            f" {times[int(len(times) * 0.99)]:7.1f} {outcome.refused / took:9.0f}"
            f" {outcome.other + outcome.without_retry_after:5}"
            f"  {(after.server - before.server) / took:.0%} of a core, {server.memory_mb:.0f} MB"
        )


async def _flood(stage: Stage, connections: int, seconds: float, outcome: Outcome) -> None:
    opened = [await Connection(stage.url, stage.token).open() for _ in range(connections)]
    end = time.perf_counter() + seconds
    async with asyncio.TaskGroup() as group:
        for number, connection in enumerate(opened):
            group.create_task(_ask(stage, connection, number, end, outcome))
    for connection in opened:
        connection.close()


async def _ask(stage: Stage, connection: Connection, number: int, end: float, outcome: Outcome) -> None:
    path = f"{V0}/incidents/{stage.incident_ids[number % len(stage.incident_ids)]}"
    while (begun := time.perf_counter()) < end:
        if number % 4:
            answer = await connection.request("GET", path)
        else:
            body = {"channel_id": stage.channel_id, "message": "Is anybody there?"}
            answer = await connection.request("POST", "/api/v4/posts", body)
        if answer.status in _REFUSED:
            outcome.refused += 1
            outcome.without_retry_after += "retry-after" not in answer.headers
        elif answer.status < 300:
            outcome.answered_ms.append((time.perf_counter() - begun) * 1000)
        else:
            outcome.other += 1


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.flood", description=__doc__)
    parser.add_argument("--connections", type=int, nargs="*", default=[16, 200, 1000, 2000])
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each step lasts")
    arguments = parser.parse_args()
    if max(arguments.connections) > _MOST:
        parser.error(f"at most {_MOST} connections")
    with contextlib.ExitStack() as stack:
        url, pid = stack.enter_context(postgresql())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="flood-")))
        server = stack.enter_context(own_server("flood", url, folder, pid))
        uvloop.run(run(server, arguments.connections, arguments.seconds))


if __name__ == "__main__":
    main()
