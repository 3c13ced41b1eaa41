"""`make cluster`, as a person starts it: two servers behind the nginx of `deploy/`."""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosedError
from websockets.frames import CloseCode

from tests.nodes.test_two_servers import heard, listening, wait_until_met
from tests.support.crowd import crowd_on
from tests.support.patience import PATIENCE_S
from tests.support.served import NO_TLS, Served, signed_up
from tests.support.size import Size

_NODE = re.compile(r"^node \w+: http://127\.0\.0\.1:(\d+) process (\d+) log (.+)$")
_READY = re.compile(r"ready at http://127\.0\.0\.1:(\d+)")
_SOCKETS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """What the script has told: where nginx is (`front`), and each server with its process."""

    front: Served
    nodes: dict[int, str]

    def sockets(self) -> list[int]:
        """How many are open on each server."""
        return [
            sum(
                float(line.split()[1])
                for line in httpx.get(f"{url}/metrics", timeout=PATIENCE_S, verify=NO_TLS).text.splitlines()
                if line.startswith("commandpost_websocket_connections ")
            )
            for url in self.nodes.values()
        ]


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    if shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin") is None:
        pytest.fail("nginx is needed here: apt-get install nginx-light (scripts/setup dev does it as root)")
    command = [sys.executable, "-m", "scripts.cluster", "--empty", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        nodes: dict[int, str] = {}
        log = Path()
        for line in process.stdout:
            if node := _NODE.match(line.decode().strip()):
                nodes[int(node[2])] = f"http://127.0.0.1:{node[1]}"
                log = Path(node[3])
            if ready := _READY.search(line.decode()):
                front = Served(port=int(ready[1]), process=process, log_path=log)
                break
        else:
            pytest.fail("the cluster did not start")
        yield Cluster(front=front, nodes=nodes)
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(PATIENCE_S) == 0
        finally:
            process.kill()
    assert not log.parent.exists()


async def all_hear(sockets: list[ClientConnection], event: str) -> bool:
    """Whether it came on each; False if servers that have just met had their sockets opened anew."""
    try:
        for socket in sockets:
            await heard(socket, event)
    except ConnectionClosedError as closed:
        assert closed.rcvd is not None and closed.rcvd.code == CloseCode.SERVICE_RESTART
        return False
    return True


@pytest.mark.timeout(300)
async def test_sockets_on_both_servers_hear_everything_and_move_without_a_gap_when_one_dies(
    cluster: Cluster, size: Size
) -> None:
    ana = await asyncio.to_thread(signed_up, cluster.front, "ana")
    ben = await asyncio.to_thread(signed_up, cluster.front, "ben", by=ana.token)
    for url in cluster.nodes.values():
        await asyncio.to_thread(wait_until_met, url)
    async with (
        crowd_on([cluster.front], ana, writers=size.writers, screens=_SOCKETS) as crowd,
        AsyncExitStack() as stack,
    ):
        http = crowd.client(cluster.front)
        members = f"/api/v4/teams/{crowd.team_id}/members"
        new = {"team_id": crowd.team_id, "user_id": ben.id}
        is_heard = False
        while not is_heard:
            for_ben = [
                await stack.enter_async_context(listening(cluster.front, ben)) for _ in range(_SOCKETS)
            ]
            if min(await asyncio.to_thread(cluster.sockets)) <= 1:
                continue  # Servers that have just met had sockets opened anew, wherever nginx sent them.
            (await http.post(members, json=new)).raise_for_status()
            is_heard = await all_hear(for_ben, "user_added")
            if not is_heard:
                (await http.delete(f"{members}/{ben.id}")).raise_for_status()
        typing = {"channel_id": crowd.channel_id}
        (await http.post(f"/api/v4/users/{ana.id}/typing", json=typing)).raise_for_status()
        for socket in for_ben:
            assert (await heard(socket, "typing"))["user_id"] == ana.id
        for url in cluster.nodes.values():
            answer = await http.get(f"{url}/api/v4/users/{ben.id}/status")
            assert answer.json()["status"] == "online"

        await crowd.has_written(size.writes)
        os.kill(next(iter(cluster.nodes)), signal.SIGKILL)
        await crowd.has_written(size.writes)

    assert crowd.refusals == []
    assert max(screen.sockets for screen in crowd.screens) > 1
