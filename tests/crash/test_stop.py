"""SIGTERM: what is under way is finished, sockets are closed, and the process is gone.

How long that may take is held by `tests/jobs/test_stop.py`, with a clock that is turned by hand.
"""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.support.patience import PATIENCE_S
from tests.support.served import NO_TLS, Login, Served, served, signed_up

SOCKETS = 20
REQUESTS = 6
"""So few that a slow machine has answered them long before a stop cuts them off."""


@pytest.fixture
def home(sqlite_url: str) -> Path:
    """A data folder with a migrated, empty database."""
    return Path(sqlite_url.removeprefix("sqlite:///")).parent


async def opened(server: Served, ana: Login) -> ClientConnection:
    url = f"{server.url.replace('http', 'ws')}/api/v4/websocket"
    socket = await connect(
        url, additional_headers={"Authorization": f"Bearer {ana.token}"}, open_timeout=PATIENCE_S
    )
    assert json.loads(await socket.recv())["event"] == "hello"
    return socket


async def told_to_go(socket: ClientConnection) -> int:
    """The code with which the server closes a socket."""
    try:
        while True:
            await socket.recv()
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 0


async def test_a_stopping_server_finishes_what_is_under_way(home: Path) -> None:
    with served(home, anew=True) as server:
        ana = signed_up(server, "ana")
        sockets = await asyncio.gather(*(opened(server, ana) for _ in range(SOCKETS)))
        body = {"login_id": ana.username, "password": ana.password}
        async with httpx.AsyncClient(base_url=server.url, timeout=PATIENCE_S, verify=NO_TLS) as http:
            under_way = [
                asyncio.create_task(http.post("/api/v4/users/login", json=body)) for _ in range(REQUESTS)
            ]
            await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)

            code = await asyncio.to_thread(server.stop)

            answers = await asyncio.gather(*under_way)
        closed_with = await asyncio.gather(*(told_to_go(socket) for socket in sockets))
        log = server.log

    assert code == 0
    assert {answer.status_code for answer in answers} == {200}
    assert set(closed_with) <= {1001, 1012}
    assert "stopped" in log
    assert "Traceback" not in log


def test_logs_are_json_when_wanted_and_name_the_request(home: Path) -> None:
    environment = {"COMMANDPOST_LOG_FORMAT": "json", "COMMANDPOST_ACCESS_LOG": "true"}
    with served(home, environment=environment) as server:
        answer = httpx.get(f"{server.url}/api/v4/system/ping?access_token=hush-hush", timeout=PATIENCE_S)

        lines: list[dict[str, Any]] = [json.loads(line) for line in server.log.splitlines()]

    (line,) = [line for line in lines if line["event"] == "answered"]
    assert line["path"] == "/api/v4/system/ping"
    assert line["status"] == 200
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert "hush-hush" not in server.log


def test_only_one_line_says_that_it_is_ready(home: Path) -> None:
    with served(home, anew=True) as server:
        ready = [line for line in server.log.splitlines() if "is ready at" in line]

    assert len(ready) == 1
    assert server.url in ready[0]
