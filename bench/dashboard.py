"""How long a dashboard of many incidents takes: `python -m bench.dashboard [count]`.

A server of our own on SQLite and one on PostgreSQL, with incidents that `/incident test bulk-data` made;
asked by an administrator and by somebody who sees what is public or theirs.
"""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from bench.client import Connection
from bench.servers import Running, own_server, postgresql
from bench.stage import PASSWORD, V0, person, set_up, signed_in

_ADMIN = "bench-admin"
_TIMES = 5


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 -- the report is what this program is for


async def measure(running: Running, count: int) -> None:
    """Fill the server, and ask it."""
    stage = await set_up(running.url, _ADMIN, PASSWORD, connections=1)
    admin = await Connection(stage.url, stage.token).open()
    command = f"/incident test bulk-data {count // 20} {count - count // 20} 2025-01-01 2026-11-01 7"
    begun = time.perf_counter()
    await admin.ask("POST", "/api/v4/commands/execute", {"channel_id": stage.channel_id, "command": command})
    _say(f"\n{running.name}: {count} incidents made in {time.perf_counter() - begun:.0f} s")
    someone = await admin.json("POST", "/api/v4/users", person("bench-member", PASSWORD))
    membership = {"team_id": stage.team_id, "user_id": someone["id"]}
    await admin.ask("POST", f"/api/v4/teams/{stage.team_id}/members", membership)
    token, _ = await signed_in(stage.url, "bench-member", PASSWORD)
    for name, owner in (("administrator", stage.token), ("member", token)):
        connection = await Connection(stage.url, owner).open()
        for path in ("times", "follow_ups", "load"):
            took: list[float] = []
            size = 0
            for _ in range(_TIMES):
                begun = time.perf_counter()
                answer = await connection.ask(
                    "GET", f"{V0}/dashboard/{path}?team_id={stage.team_id}&timezone=Europe/Berlin"
                )
                took.append(time.perf_counter() - begun)
                size = len(answer.body)
            _say(f"{name:14} {path:12} {sorted(took)[_TIMES // 2] * 1000:6.0f} ms {size:9} bytes")


def main() -> None:
    """Both databases, one after the other."""
    os.environ["COMMANDPOST_ENABLE_TESTING"] = "true"
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        with own_server("SQLite", f"sqlite:///{name}/bench.db", Path(name)) as running:
            asyncio.run(measure(running, count))
        with postgresql() as (url, pid), own_server("PostgreSQL", url, Path(name), pid) as running:
            asyncio.run(measure(running, count))


if __name__ == "__main__":
    main()
