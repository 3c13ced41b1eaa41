"""The demonstration: a believable team, and never a stranger in a database that is in use."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from litestar import Litestar

from commandpost.api.errors import V0_PREFIX
from commandpost.app import create_app
from commandpost.cli import main
from commandpost.db import database_at
from commandpost.demo import story
from commandpost.demo.office import Login
from commandpost.kernel.clock import DAY_MS, MINUTE_MS
from commandpost.workspace.model.config import Config
from tests.support.clock import TestClock
from tests.support.patience import PATIENCE_S
from tests.support.served import served

V0 = f"{V0_PREFIX}api/v0"


class Visitor:
    """Somebody who logs in with what was printed."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def get(self, path: str) -> Any:
        return (await self._client.get(path)).raise_for_status().json()


@asynccontextmanager
async def visiting(app: Litestar, login: Login) -> AsyncGenerator[Visitor]:
    transport = httpx.ASGITransport(app=app)
    async with app.lifespan(), httpx.AsyncClient(transport=transport, base_url="http://demo.test") as client:
        body = {"login_id": login.username, "password": login.password}
        answer = (await client.post("/api/v4/users/login", json=body)).raise_for_status()
        client.headers["Authorization"] = f"Bearer {answer.headers['Token']}"
        yield Visitor(client)


async def test_the_team_its_talk_and_its_incidents_are_there_and_their_times_fit(
    database_url: str, clock: TestClock, tmp_path: Path
) -> None:
    present = clock.now()
    before = await story.is_empty(database_at(database_url), clock)

    logins = await story.tell(database_url, tmp_path, clock)

    app = create_app(database_at(database_url), clock=clock, config=Config(), data_dir=tmp_path)
    async with visiting(app, logins[0]) as ines:
        (team,) = await ines.get("/api/v4/users/me/teams")
        playbooks = await ines.get(f"{V0}/playbooks?team_id={team['id']}")
        incidents = (await ines.get(f"{V0}/incidents?team_id={team['id']}"))["items"]
        channels = await ines.get(f"/api/v4/users/me/teams/{team['id']}/channels")
        times: list[int] = []
        for channel in channels:
            page = await ines.get(f"/api/v4/channels/{channel['id']}/posts?per_page=200")
            times += [post["create_at"] for post in page["posts"].values()]
        logs = {
            incident["name"]: await ines.get(f"{V0}/incidents/{incident['id']}/timeline?per_page=200")
            for incident in incidents
        }

    assert before is True
    assert await story.is_empty(database_at(database_url), clock) is False
    assert len(logins) == 8
    assert playbooks["total_count"] == 3
    assert [incident["is_active"] for incident in incidents].count(True) == 2
    assert all(
        incident["end_at"] - incident["create_at"] > 30 * MINUTE_MS
        for incident in incidents
        if not incident["is_active"]
    )
    assert present - 19 * DAY_MS < min(times) < max(times) <= present
    assert min(len(log["items"]) for log in logs.values()) >= 5


def test_a_demonstration_that_was_killed_leaves_nothing_and_is_told_again(
    sqlite_url: str, tmp_path: Path
) -> None:
    home = Path(sqlite_url.removeprefix("sqlite:///")).parent
    command = [sys.executable, "-m", "commandpost", "serve", "--demo", "--port", "0", "--data-dir", str(home)]
    environment = {**os.environ, "PYTHONPATH": "src", "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, env=environment) as filling:
        while not [*tmp_path.glob("*/demo.db-wal")]:
            with pytest.raises(subprocess.TimeoutExpired):
                filling.wait(0.02)
        filling.kill()

    with sqlite3.connect(home / "commandpost.db") as connection:
        left = connection.execute("SELECT COUNT(*) FROM users").fetchone()
    connection.close()
    with served(home, "--demo", environment={"TMPDIR": str(tmp_path)}) as server:
        log = server.log

    assert left == (0,)
    assert "Log in at" in log


def test_serve_leaves_a_database_in_use_alone(sqlite_url: str) -> None:
    home = Path(sqlite_url.removeprefix("sqlite:///")).parent
    CliRunner().invoke(main, ["user", "create", "ana", "--email", "ana@example.com", "--data-dir", str(home)])

    with served(home, "--demo") as server:
        config = httpx.get(f"{server.url}/api/v4/config/client", params={"format": "old"}, timeout=PATIENCE_S)
        attempt = httpx.get(f"{server.url}/api/v4/users/username/ines", timeout=PATIENCE_S)

    assert config.json()["SiteURL"] == server.url
    assert attempt.status_code == 401
    assert "nothing is added" in server.log
    assert "Password" not in server.log
