"""Load as people make it: they sign in, listen, read, post, tick and update, on one server or two.

Bounded (at most 5,000 sockets, a few minutes), and against servers of our own on this machine only.
Every post goes to a channel that everybody listens to, the worst that a team can do. Client, servers and
database share the machine: what saturates first is told from the CPU that each has used.
"""

import argparse
import asyncio
import contextlib
import random
import statistics
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench import cpu
from bench.client import Connection
from bench.ears import Ear, Heard
from bench.servers import Running, own_server, postgresql
from bench.stage import PASSWORD, V0, Stage, person, set_up, signed_in

_MOST_SOCKETS = 5_000
_AT_ONCE = 16
_PER_SECOND = {"read": 20, "tick": 5, "update": 1}
LIMIT_MS = 200
_HEAD = f"{'users':>6} {'sockets':>7} {'p50 ms':>7} {'p99 ms':>7} {'last':>6} {'lost':>5}  CPU of a core in %"


def say(text: str = "") -> None:
    print(text, flush=True)  # noqa: T201 -- the report is what this program is for


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who is signed in, at one of the servers."""

    token: str
    server: Running


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one step came to: delivery in milliseconds, and shares of a core."""

    users: int
    p50: float
    p99: float
    last: float
    lost: int
    servers: tuple[float, ...]
    database: float
    client: float

    @property
    def cpu(self) -> str:
        """The shares in words."""
        parts = [f"server {share:.0%}" for share in self.servers]
        return ", ".join([*parts, f"database {self.database:.0%}", f"client {self.client:.0%}"])


async def run(servers: Sequence[Running], arguments: argparse.Namespace) -> None:
    """Add listening users step by step and say what each step costs."""
    idle_mb = [server.memory_mb for server in servers]
    say(f"\n## {len(servers)} server(s), {arguments.posts} posts/s; idle {_megabytes(idle_mb)}")
    stage = await set_up(servers[0].url, "load-admin", PASSWORD, connections=8)
    heard = Heard()
    ears: list[Ear] = []
    say("signing up ...")
    everybody = await signed_up(stage, servers, max(arguments.users))
    await servers[0].settled()
    bare_mb = [server.memory_mb for server in servers]
    say(f"signed up, nobody listens yet: {_megabytes(bare_mb)}\n{_HEAD}")
    async with _closing(ears):
        for users in arguments.users:
            members = everybody[:users]
            wanted = [member for member in members for _ in range(arguments.devices)]
            for begin in range(len(ears), len(wanted), _AT_ONCE):
                some = wanted[begin : begin + _AT_ONCE]
                ears += await asyncio.gather(*(Ear.open(one.server.url, one.token, heard) for one in some))
            done = await step(
                stage,
                servers,
                members,
                heard,
                posts=arguments.posts,
                seconds=arguments.seconds,
                sockets=len(ears),
            )
            say(
                f"{done.users:6} {len(ears):7} {done.p50:7.1f} {done.p99:7.1f} {done.last:6.0f} {done.lost:5}"
                f"  {done.cpu}{'' if done.p99 < LIMIT_MS else f'  over {LIMIT_MS} ms'}"
            )
            grown = sum(server.memory_mb for server in servers) - sum(bare_mb)
            each = f"{grown / len(ears) * 1000:.0f} MB for each 1,000 sockets"
            say(f"{'':14} memory {_megabytes([server.memory_mb for server in servers])}, {each}")


async def step(
    stage: Stage,
    servers: Sequence[Running],
    members: Sequence[Member],
    heard: Heard,
    *,
    posts: int,
    seconds: float,
    sockets: int,
) -> Step:
    """What people do for a while, with so many sockets open, and what it costs."""
    heard.clear()
    before = [cpu.spent(server.pid, servers[0].database_pid) for server in servers]
    begun = time.perf_counter()
    await _live(stage, members, heard, posts=posts, seconds=seconds)
    took = time.perf_counter() - begun
    after = [cpu.spent(server.pid, servers[0].database_pid) for server in servers]
    times = sorted(heard.times_ms())
    return Step(
        users=len(members),
        p50=statistics.median(times),
        p99=times[int(len(times) * 0.99)],
        last=times[-1],
        lost=len(heard.sent) * sockets - len(times),
        servers=tuple((now.server - then.server) / took for now, then in zip(after, before, strict=True)),
        database=(after[0].database - before[0].database) / took,
        client=(after[0].client - before[0].client) / took,
    )


async def _live(stage: Stage, members: Sequence[Member], heard: Heard, *, posts: int, seconds: float) -> None:
    """What people do for a while, each thing at its rate, whether or not the one before is done."""
    dice = random.Random(7)

    async def post(connection: Connection) -> None:
        number = heard.next()
        body = {"channel_id": stage.channel_id, "message": f"{heard.mark(number)} is how it stands."}
        await connection.ask("POST", "/api/v4/posts", body)

    async def read(connection: Connection) -> None:
        await connection.ask("GET", f"/api/v4/channels/{stage.channel_id}/posts")

    async def tick(connection: Connection) -> None:
        path = f"{V0}/incidents/{dice.choice(stage.incident_ids)}/checklists/0/item/{dice.randrange(4)}/state"
        await connection.ask("PUT", path, {"new_state": dice.choice(("", "closed"))})

    async def update(connection: Connection) -> None:
        path = f"{V0}/incidents/{dice.choice(stage.incident_ids)}/status"
        await connection.ask("POST", path, {"message": "Still looking.", "reminder": 0})

    by_anybody = [(one.server.url, one.token) for one in dice.sample(members, min(len(members), _AT_ONCE))]
    by_commander = [(members[0].server.url, stage.token)]
    await asyncio.gather(
        _at_rate(post, by_anybody, posts, seconds),
        _at_rate(read, by_anybody, _PER_SECOND["read"], seconds),
        _at_rate(tick, by_commander * 2, _PER_SECOND["tick"], seconds),
        _at_rate(update, by_commander, _PER_SECOND["update"], seconds),
    )
    await asyncio.sleep(1)


async def _at_rate(
    deed: Callable[[Connection], Awaitable[None]],
    by: Sequence[tuple[str, str]],
    per_second: int,
    seconds: float,
) -> None:
    connections: asyncio.Queue[Connection] = asyncio.Queue()
    opened = [await Connection(url, token).open() for url, token in by]
    for connection in opened:
        connections.put_nowait(connection)

    async def once() -> None:
        connection = await connections.get()
        await deed(connection)
        connections.put_nowait(connection)

    begun = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(int(per_second * seconds)):
            await asyncio.sleep(max(0.0, begun + number / per_second - time.perf_counter()))
            group.create_task(once())
    for connection in opened:
        connection.close()


async def signed_up(stage: Stage, servers: Sequence[Running], wanted: int) -> list[Member]:
    """New people in the team and the channel, spread over the servers."""

    async def join(number: int) -> Member:
        connection = await Connection(stage.url, stage.token).open()
        name = f"load-{number}"
        user = await connection.json("POST", "/api/v4/users", person(name, PASSWORD))
        body = {"team_id": stage.team_id, "user_id": user["id"]}
        await connection.ask("POST", f"/api/v4/teams/{stage.team_id}/members", body)
        await connection.ask("POST", f"/api/v4/channels/{stage.channel_id}/members", {"user_id": user["id"]})
        connection.close()
        server = servers[number % len(servers)]
        token, _ = await signed_in(server.url, name, PASSWORD)
        return Member(token=token, server=server)

    members: list[Member] = []
    for begin in range(0, wanted, _AT_ONCE):
        members += await asyncio.gather(*map(join, range(begin, min(begin + _AT_ONCE, wanted))))
    return members


@contextlib.asynccontextmanager
async def _closing(ears: list[Ear]) -> AsyncGenerator[None]:
    try:
        yield
    finally:
        for ear in ears:
            ear.close()


def _megabytes(sizes: Sequence[float]) -> str:
    return " and ".join(f"{size:.0f} MB" for size in sizes)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--servers", type=int, choices=(1, 2), default=1)
    parser.add_argument("--users", type=int, nargs="*", default=[250, 500, 1000], help="listening, by step")
    parser.add_argument("--devices", type=int, default=1, help="sockets of each user")
    parser.add_argument("--posts", type=int, default=20, help="posts per second; 0 listens only")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each step lasts")
    arguments = parser.parse_args()
    if max(arguments.users) * arguments.devices > _MOST_SOCKETS:
        parser.error(f"at most {_MOST_SOCKETS} sockets")
    with contextlib.ExitStack() as stack:
        url, pid = stack.enter_context(postgresql())
        servers = [
            stack.enter_context(own_server(str(number), url, Path(folder), pid))
            for number in range(arguments.servers)
            if (folder := stack.enter_context(tempfile.TemporaryDirectory(prefix="load-")))
        ]
        uvloop.run(run(servers, arguments))


if __name__ == "__main__":
    main()
