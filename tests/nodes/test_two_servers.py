"""Two servers on one PostgreSQL: what happens on one is seen, and holds, on the other."""

import asyncio
import json
import re
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.nodes.conftest import nodes_on
from tests.support.patience import PATIENCE_S
from tests.support.served import NO_TLS, Login, Served, signed_up
from tests.support.valkey import Valkey, redis_server

__all__ = ["redis_server"]

_HAS_RENEWED = re.compile(r"commandpost_sockets_renewed_total [1-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two servers, and an administrator with a team and a channel."""

    one: Served
    two: Served
    admin: Login
    channel_id: str

    def client(self, server: Served, login: Login | None = None) -> httpx.Client:
        headers = {"Authorization": f"Bearer {(login or self.admin).token}"}
        return httpx.Client(
            base_url=f"{server.url}/api/v4", headers=headers, timeout=PATIENCE_S, verify=NO_TLS
        )


@pytest.fixture(params=["postgresql", "redis"])
def pair(request: pytest.FixtureRequest, postgresql_url: str, tmp_path: Path) -> Iterator[Pair]:
    environment: dict[str, str] = {}
    if request.param == "redis":
        valkey: Valkey = request.getfixturevalue("redis_server")
        environment["COMMANDPOST_REDIS_URL"] = valkey.url
    with nodes_on(tmp_path, postgresql_url, **environment) as nodes:
        one, two = nodes.servers
        for server in (one, two):
            wait_until_met(server.url)
        admin = nodes.ana
        headers = {"Authorization": f"Bearer {admin.token}"}
        with httpx.Client(
            base_url=f"{one.url}/api/v4", headers=headers, timeout=PATIENCE_S, verify=NO_TLS
        ) as http:
            team = http.post("/teams", json={"name": "ops", "display_name": "Ops", "type": "O"}).json()
            channel = http.get(f"/teams/{team['id']}/channels/name/town-square").json()
        yield Pair(one=one, two=two, admin=admin, channel_id=channel["id"])


def wait_until_met(url: str) -> None:
    """The server there has heard of the other, and has had its sockets opened anew."""
    deadline = time.monotonic() + PATIENCE_S
    with httpx.Client(base_url=url, timeout=PATIENCE_S, verify=NO_TLS) as http:
        while not _HAS_RENEWED.search(http.get("/metrics").text):
            assert time.monotonic() < deadline


@asynccontextmanager
async def listening(server: Served, login: Login) -> AsyncGenerator[ClientConnection]:
    url = f"{server.url.replace('http', 'ws')}/api/v4/websocket"
    headers = {"Authorization": f"Bearer {login.token}"}
    # Who does not read on must still hear the goodbye: a full queue would hold it back for ten seconds.
    async with connect(url, additional_headers=headers, open_timeout=PATIENCE_S, max_queue=None) as socket:
        assert json.loads(await socket.recv())["event"] == "hello"
        yield socket


async def heard(socket: ClientConnection, event: str) -> dict[str, Any]:
    """The next event of that name."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            frame = json.loads(await socket.recv())
            if frame.get("event") == event:
                return frame["data"]


async def heard_said(socket: ClientConnection) -> str:
    """What is said next by somebody; that they joined may still be on its way between the servers."""
    while True:
        post = json.loads((await heard(socket, "posted"))["post"])
        if not post["type"]:
            return post["message"]


async def test_posts_and_settings_reach_the_other_server(pair: Pair) -> None:
    async with listening(pair.two, pair.admin) as far, listening(pair.one, pair.admin) as near:
        with pair.client(pair.one) as http:
            for number in range(20):
                post = {"channel_id": pair.channel_id, "message": f"{number} {'x' * 5000}"}
                assert http.post("/posts", json=post).status_code == 201

        for socket in (far, near):
            said = [await heard_said(socket) for _ in range(20)]
            assert [message.split()[0] for message in said] == [str(n) for n in range(20)]

        with pair.client(pair.two) as http:
            http.put("/config/patch", json={"TeamSettings": {"SiteName": "Both"}}).raise_for_status()
        await heard(near, "config_changed")
        with pair.client(pair.one) as http:
            deadline = time.monotonic() + PATIENCE_S
            while http.get("/config/client?format=old").json()["SiteName"] != "Both":
                assert time.monotonic() < deadline


async def test_who_types_on_one_server_is_seen_to_on_the_other(pair: Pair) -> None:
    ben = signed_up(pair.two, "ben", by=pair.admin.token)
    with pair.client(pair.one) as http:
        channel = http.get(f"/channels/{pair.channel_id}").json()
        member = {"team_id": channel["team_id"], "user_id": ben.id}
        assert http.post(f"/teams/{channel['team_id']}/members", json=member).status_code == 201
    typing = {"seq": 1, "action": "user_typing", "data": {"channel_id": pair.channel_id, "parent_id": ""}}

    async with listening(pair.two, ben) as far, listening(pair.one, pair.admin) as near:
        await near.send(json.dumps(typing))
        assert (await heard(far, "typing"))["user_id"] == pair.admin.id

        with pair.client(pair.two, ben) as http:
            http.post("/users/me/typing", json={"channel_id": pair.channel_id}).raise_for_status()
        assert (await heard(near, "typing"))["user_id"] == ben.id


async def test_a_status_that_is_chosen_on_one_server_is_told_on_the_other(pair: Pair) -> None:
    async with listening(pair.two, pair.admin) as far:
        with pair.client(pair.one) as http:
            away = {"user_id": pair.admin.id, "status": "dnd"}
            http.put("/users/me/status", json=away).raise_for_status()
        told = await heard(far, "status_change")
        while told["status"] != "dnd":
            told = await heard(far, "status_change")

    with pair.client(pair.two) as http:
        assert http.get(f"/users/{pair.admin.id}/status").json()["status"] == "dnd"


def guess(server: Served, username: str) -> int:
    """How a log-in with a wrong password is answered."""
    login = {"login_id": username, "password": "wrong"}
    return httpx.post(
        f"{server.url}/api/v4/users/login", json=login, timeout=PATIENCE_S, verify=NO_TLS
    ).status_code


async def test_an_ended_session_and_a_locked_account_are_so_on_both_servers(pair: Pair) -> None:
    ben = signed_up(pair.two, "ben", by=pair.admin.token)
    async with listening(pair.two, ben) as socket:
        with pair.client(pair.two, ben) as http:
            assert http.get("/users/me").status_code == 200

        with pair.client(pair.one) as http:
            http.post(f"/users/{ben.id}/sessions/revoke/all").raise_for_status()

        with pytest.raises(ConnectionClosed) as closed:
            await heard(socket, "never")
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1008
        with pair.client(pair.two, ben) as http:
            assert http.get("/users/me").status_code == 401
    guesses = [guess(server, "ben") for _ in range(5) for server in (pair.one, pair.two)]
    assert guesses == [401] * 10
    assert [guess(server, "ben") for server in (pair.one, pair.two)] == [429, 429]


async def test_who_is_connected_to_either_server_is_there(pair: Pair) -> None:
    ben = signed_up(pair.two, "ben", by=pair.admin.token)

    def wait_until_there() -> None:
        deadline = time.monotonic() + PATIENCE_S
        with pair.client(pair.one) as http:
            while http.get(f"/users/{ben.id}/status").json()["status"] != "online":
                assert time.monotonic() < deadline

    async with listening(pair.two, ben):
        await asyncio.to_thread(wait_until_there)
        async with listening(pair.one, ben):
            pair.two.process.kill()
            pair.two.process.wait()
            await asyncio.to_thread(wait_until_there)
