"""Measure a server: by default our own on SQLite and on PostgreSQL, or any that speaks these APIs."""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import uvloop

from bench import bare, cpu, lists, sockets
from bench.client import Connection
from bench.measure import drive
from bench.scenarios import SCENARIOS, Scenario
from bench.servers import Running, own_server, postgresql
from bench.stage import Stage, fresh_incident, set_up

_LOADS = (1, 8, 16)
_HEAD = f"{'':30} {'conn':>4} {'p50 ms':>7} {'p95 ms':>8} {'req/s':>9}"
_CROWDS = (10_000, 100_000)
_DELIVERY_TARGET_MS = 3.0


def say(text: str = "") -> None:
    print(text, flush=True)  # noqa: T201 -- the report is what this program is for


async def measure(running: Running, arguments: argparse.Namespace) -> None:
    """The whole report on one server."""
    say(f"\n## {running.name}")
    if running.pid:
        say(f"started in {running.started_in_s:.2f} s, {running.memory_mb:.0f} MB idle")
    stage = await set_up(running.url, arguments.login, arguments.password, connections=max(_LOADS))
    await running.settled()
    say(_HEAD)
    for scenario in SCENARIOS:
        if not arguments.only or any(part in scenario.name for part in arguments.only):
            await _scenario(running, stage, scenario, arguments)
    if not arguments.only or "delivery" in arguments.only:
        await _delivery(stage, arguments.listeners)
    if running.pid:
        say(f"{running.memory_mb:.0f} MB after load")
    if running.database_url and (not arguments.only or "lists" in arguments.only):
        await _lists(running, stage, arguments.seconds)


async def _scenario(
    running: Running, stage: Stage, scenario: Scenario, arguments: argparse.Namespace
) -> None:
    for load in arguments.connections:
        connections = [await Connection(stage.url, stage.token).open() for _ in range(load)]
        step = scenario.make(stage, connections, arguments.password)
        await drive(step, connections=load, seconds=arguments.seconds / 5)
        before = cpu.spent(running.pid, running.database_pid)
        figures = await drive(step, connections=load, seconds=arguments.seconds)
        after = cpu.spent(running.pid, running.database_pid)
        for connection in connections:
            connection.close()
        line = f"{scenario.name:30} {load:4} {figures}"
        if load == max(arguments.connections):
            if scenario.original:
                line += f"   {figures.per_second / scenario.original:5.1f} x the original"
            line += f" (aim: {scenario.aim:,.0f}/s)"
            if running.pid:
                line += f"; CPU µs each: {after.each(before, figures.requests)}"
            if scenario.writes and running.database_url:
                rate = await bare.insert_and_commit(
                    running.database_url, connections=load, seconds=arguments.seconds / 2
                )
                line += f"; bare insert and commit {rate:.0f}/s"
        say(line)


async def _delivery(stage: Stage, counts: Sequence[int]) -> None:
    for listeners in counts:
        found = await sockets.deliver(stage, listeners=listeners, posts=30)
        note = f" (aim: {_DELIVERY_TARGET_MS:g} ms at the median)" if listeners == 1 else ""
        say(
            f"a post to {listeners:5} listeners: median {found.median_ms:.2f} ms,"
            f" last {found.last_ms:.2f} ms{note}"
        )


async def _lists(running: Running, stage: Stage, seconds: float) -> None:
    incident = await fresh_incident(stage)
    there, costs = 0, list[float]()
    for size in _CROWDS:
        await lists.crowd(running.database_url, incident["id"], incident["channel_id"], size - there)
        there = size
        connections = [await Connection(stage.url, stage.token).open() for _ in range(max(_LOADS))]
        figures = await lists.page_of_15(stage, connections, seconds=seconds, expected=size)
        for connection in connections:
            connection.close()
        costs.append(1 / figures.per_second)
        say(f"{f'list 15 of {size:,} incidents':30} {max(_LOADS):4} {figures}")
    say(f"a page of 100,000 costs {costs[1] / costs[0]:.2f} times a page of 10,000 (aim: at most 3)")


async def own(kind: str, arguments: argparse.Namespace) -> None:
    """Start our own server on a fresh database of a kind and measure it."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        if kind == "sqlite":
            with own_server("SQLite", f"sqlite:///{folder}/bench.db", folder) as running:
                await measure(running, arguments)
        else:
            with postgresql() as (url, pid), own_server("PostgreSQL", url, folder, pid) as running:
                await measure(running, arguments)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--url", help="a server that runs already (default: start our own)")
    parser.add_argument("--login", default="bench-admin", help="an administrator there; made if it is empty")
    parser.add_argument("--password", default="Bench-passw0rd!")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each figure is measured")
    parser.add_argument("--connections", type=int, nargs="*", default=_LOADS, help="at most 16")
    parser.add_argument("--listeners", type=int, nargs="*", default=[1, 100, 1000])
    parser.add_argument("--only", nargs="*", default=[], help="parts of scenario names, `delivery`, `lists`")
    arguments = parser.parse_args()
    if arguments.url:
        uvloop.run(measure(Running(name=arguments.url, url=arguments.url), arguments))
        return
    kinds = ("sqlite", "postgresql") if arguments.database == "both" else (arguments.database,)
    for kind in kinds:
        uvloop.run(own(kind, arguments))


if __name__ == "__main__":
    main()
