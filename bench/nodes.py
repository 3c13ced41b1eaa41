"""One server and two, and two over PostgreSQL and over Valkey, side by side: how many listen within 200 ms.

    python -m bench.nodes                         # about 8 minutes; into docs/run/reliability.md
    python -m bench.nodes --users 200 400 --seconds 4 --page -

The same people with the same sockets on the same database each time, as `bench.load` has them: 20 posts a
second into one channel that everybody listens to, and who reads, ticks and updates beside it. An arrangement
gets more listeners until its 99th percentile is above the limit. It starts and stops everything itself.
"""

import argparse
import asyncio
import contextlib
import os
import subprocess
import tempfile
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import uvloop

from bench.ears import Ear, Heard
from bench.load import LIMIT_MS, Member, Step, say, signed_up, step
from bench.servers import Running, own_server, postgresql
from bench.stage import PASSWORD, Stage, set_up
from scripts.cluster import valkey

_ROOT = Path(__file__).parents[1]
_POSTS_PER_SECOND = 20
_MOST_USERS = 5_000
_AT_ONCE = 16
_BEGIN, _END = "<!-- bench.nodes -->", "<!-- /bench.nodes -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """So many servers, and what carries live events between them."""

    name: str
    servers: int
    has_valkey: bool = False


ARRANGEMENTS = (
    Arrangement(name="one server", servers=1),
    Arrangement(name="two, over PostgreSQL", servers=2),
    Arrangement(name="two, over Valkey", servers=2, has_valkey=True),
)


@contextlib.contextmanager
def arranged(wanted: Arrangement, url: str, pid: int) -> Generator[Sequence[Running]]:
    """Its servers on this database."""
    with contextlib.ExitStack() as stack:
        settings: dict[str, str] = {}
        if wanted.has_valkey:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="valkey-")))
            settings["COMMANDPOST_REDIS_URL"] = stack.enter_context(valkey(folder))
        yield [
            stack.enter_context(own_server(str(number), url, Path(folder), pid, **settings))
            for number in range(wanted.servers)
            if (folder := stack.enter_context(tempfile.TemporaryDirectory(prefix="nodes-")))
        ]


async def listened(
    servers: Sequence[Running], stage: Stage, people: Sequence[Member], arguments: argparse.Namespace
) -> list[Step]:
    """Steps of more and more listeners, up to the first above the limit."""
    members = [replace(one, server=servers[at % len(servers)]) for at, one in enumerate(people)]
    heard, ears, steps = Heard(), list[Ear](), list[Step]()
    await servers[-1].settled()
    try:
        for users in arguments.users:
            for begin in range(len(ears), users, _AT_ONCE):
                some = members[begin : min(begin + _AT_ONCE, users)]
                ears += await asyncio.gather(*(Ear.open(one.server.url, one.token, heard) for one in some))
            done = await step(
                stage,
                servers,
                members[:users],
                heard,
                posts=_POSTS_PER_SECOND,
                seconds=arguments.seconds,
                sockets=len(ears),
            )
            steps.append(done)
            say(f"{users:6} p50 {done.p50:6.1f} ms  p99 {done.p99:6.1f} ms  lost {done.lost}  {done.cpu}")
            if done.p99 >= LIMIT_MS:
                break
    finally:
        for ear in ears:
            ear.close()
    return steps


def measured(arguments: argparse.Namespace) -> dict[str, list[Step]]:
    """Every arrangement in turn."""
    found: dict[str, list[Step]] = {}
    with postgresql() as (url, pid):
        stage, people = None, list[Member]()
        for wanted in ARRANGEMENTS:
            say(f"\n## {wanted.name}")
            with arranged(wanted, url, pid) as servers:
                if stage is None:
                    say("signing up ...")
                    stage, people = uvloop.run(_prepared(servers, max(arguments.users)))
                stage = replace(stage, url=servers[0].url)
                found[wanted.name] = uvloop.run(listened(servers, stage, people, arguments))
    return found


async def _prepared(servers: Sequence[Running], users: int) -> tuple[Stage, list[Member]]:
    stage = await set_up(servers[0].url, "load-admin", PASSWORD, connections=8)
    return stage, await signed_up(stage, servers, users)


def table(found: dict[str, list[Step]], arguments: argparse.Namespace) -> str:
    """What the page shows."""
    git = ["git", "-C", str(_ROOT), "rev-parse", "--short", "HEAD"]
    commit = subprocess.check_output(git, text=True).strip()
    rows = [
        f"| {name} | {one.users:,} | {one.p50:.0f} | {one.p99:.0f} | {one.lost} | "
        f"{' + '.join(f'{share:.0%}' for share in one.servers)} | {one.database:.0%} | {one.client:.0%} |"
        for name, steps in found.items()
        for one in steps
    ]
    return "\n".join(
        [
            f"{datetime.now(UTC):%d %B %Y}, commit {commit}, {arguments.seconds:g} seconds for each step,"
            f" load of the machine {os.getloadavg()[1]:.0f}, {os.cpu_count()} cores shared by all:",
            "",
            "| | listening users | p50 ms | p99 ms | lost | servers, of a core | PostgreSQL | client |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
            *rows,
            "",
            *(f"- {name}: {_limit(steps)}" for name, steps in found.items()),
        ]
    )


def _limit(steps: Sequence[Step]) -> str:
    within = [one.users for one in steps if one.p99 < LIMIT_MS]
    if len(within) == len(steps):
        return f"p99 under {LIMIT_MS} ms up to {within[-1]:,} listening users, the most that were tried."
    if not within:
        return f"p99 over {LIMIT_MS} ms with {steps[0].users:,} listening users already."
    return f"p99 under {LIMIT_MS} ms up to {within[-1]:,} listening users, over it with {steps[-1].users:,}."


def put_into(page: Path, text: str) -> None:
    """In place of what the last run had put there."""
    before, _, rest = page.read_text().partition(_BEGIN)
    _, _, after = rest.partition(_END)
    page.write_text(f"{before}{_BEGIN}\n{text}\n{_END}{after}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.nodes", description=__doc__)
    parser.add_argument(
        "--users", type=int, nargs="*", default=[1000, 1500, 2000, 2500, 3000], help="by step"
    )
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each step lasts")
    parser.add_argument("--page", default=str(_ROOT / "docs/run/reliability.md"), help="-: only print it")
    arguments = parser.parse_args()
    if max(arguments.users) > _MOST_USERS:
        parser.error(f"at most {_MOST_USERS} users")
    text = table(measured(arguments), arguments)
    say(f"\n{text}")
    if arguments.page != "-":
        put_into(Path(arguments.page), text)


if __name__ == "__main__":
    main()
