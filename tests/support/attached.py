"""A Command Post attached to a Mattermost server: here a second process of our own that serves REST v4."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar

from commandpost.api.errors import V0_PREFIX
from commandpost.attached import AttachedDoors, Attachment, create_attached
from commandpost.chat.mattermost.posts_heard import MARK
from commandpost.chat.mattermost.store import errands
from commandpost.db import database_at
from commandpost.kernel.clock import SystemClock
from commandpost.kernel.ids import new_id
from commandpost.live.broker import Broker, Deliver, MemoryBroker
from commandpost.workspace.model.config import Config
from tests.support.clock import TestClock
from tests.support.patience import PATIENCE_S
from tests.support.people import running
from tests.support.served import NO_TLS, Login, Served, served, signed_up

_SEE_DONE_WITHIN_S = 20
"""Enough for a machine that stands still; what stands behind something that fails is waited for so long."""
_PLAIN = {
    "COMMANDPOST_INCIDENTS_ENABLED": "false",
    "COMMANDPOST_ALLOWED_UNTRUSTED_INTERNAL_CONNECTIONS": "127.0.0.1",
}
"""A chat alone, as a Mattermost without the product is; its commands may lead to this machine."""

STAGES = [
    {"title": "Triage", "items": [{"title": "Call"}, {"title": "Look", "command": "/echo hello"}]},
    {"title": "Mitigate", "items": [{"title": "Roll back"}]},
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """The server attached to: its administrator, the bot and its token."""

    server: Served
    admin: Login
    bot_id: str
    bot_token: str

    def call(self, method: str, path: str, *, token: str = "", **more: Any) -> Any:
        """One call of REST v4, as the administrator unless another token is given."""
        headers = {"Authorization": f"Bearer {token or self.admin.token}"}
        url = f"{self.server.url}/api/v4{path}"
        answer = httpx.request(method, url, headers=headers, timeout=PATIENCE_S, verify=NO_TLS, **more)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    def team(self, *user_ids: str) -> dict[str, Any]:
        """A new team, with the bot and these users in it."""
        name = f"team-{new_id()[:10]}"
        team = self.call("POST", "/teams", json={"name": name, "display_name": name, "type": "I"})
        for user_id in (self.bot_id, *user_ids):
            member = {"team_id": team["id"], "user_id": user_id}
            self.call("POST", f"/teams/{team['id']}/members", json=member)
        return team


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Generator[Town]:
    """The server, once for all tests of a process; each test has a team and people of its own there."""
    folder = tmp_path_factory.mktemp("mattermost")
    with served(folder, environment=_PLAIN) as server:
        admin = signed_up(server, "root")
        town = Town(server=server, admin=admin, bot_id="", bot_token="")
        bot = town.call("POST", "/bots", json={"username": "incidentbot", "display_name": "Incident Bot"})
        token = town.call("POST", f"/users/{bot['user_id']}/tokens", json={"description": "command post"})
        yield Town(server=server, admin=admin, bot_id=bot["user_id"], bot_token=token["token"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody with an account over there, and their way in through our doors."""

    id: str
    username: str
    token: str
    v0: httpx.AsyncClient


class Attached:
    """The application attached, a team over there, and people in it."""

    def __init__(self, app: Litestar, town: Town, clock: TestClock, team_id: str) -> None:
        self.app = app
        self.town = town
        self.clock = clock
        self.team_id = team_id

    def person(self, name: str) -> Colleague:
        """Somebody new in the team."""
        login = signed_up(self.town.server, f"{name}{new_id()[:8]}", by=self.town.admin.token)
        self.join_team(login.id)
        return Colleague(id=login.id, username=login.username, token=login.token, v0=self.door(login.token))

    def join_team(self, user_id: str) -> None:
        body = {"team_id": self.team_id, "user_id": user_id}
        self.town.call("POST", f"/teams/{self.team_id}/members", json=body)

    def door(self, token: str) -> httpx.AsyncClient:
        """A client of our REST v0 with this session of Mattermost."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        base = f"http://chat.test{V0_PREFIX}api/v0"
        return httpx.AsyncClient(base_url=base, headers=headers, transport=transport)

    async def playbook(self, *members: Colleague, **fields: Any) -> str:
        """A playbook of the first of them for public incidents; gives its id."""
        wanted = {
            "title": "Outage",
            "team_id": self.team_id,
            "create_public_incident": True,
            "checklists": STAGES,
            "member_ids": [one.id for one in members],
            "reminder_timer_default_seconds": 900,
            **fields,
        }
        answer = await members[0].v0.post("/playbooks", json=wanted)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    async def incident(self, starter: Colleague, **fields: Any) -> dict[str, Any]:
        """An incident that somebody started and leads."""
        wanted = {
            "name": "Database is down",
            "team_id": self.team_id,
            "commander_user_id": starter.id,
            **fields,
        }
        answer = await starter.v0.post("/incidents", json=wanted)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def seen(self, incident: dict[str, Any], by: Colleague) -> dict[str, Any]:
        """The incident as it is now."""
        answer = await by.v0.get(f"/incidents/{incident['id']}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def log(self, incident: dict[str, Any], by: Colleague, *kinds: str) -> list[dict[str, Any]]:
        """The incident's log, of these kinds or all."""
        query = {"kind": list(kinds), "per_page": 200, "direction": "asc"}
        answer = await by.v0.get(f"/incidents/{incident['id']}/timeline", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    async def logged(
        self, incident: dict[str, Any], by: Colleague, *kinds: str, times: int = 1
    ) -> list[dict[str, Any]]:
        """The same, once there are so many of these kinds."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                found = await self.log(incident, by, *kinds)
                if len(found) >= times:
                    return found
                await asyncio.sleep(0.02)

    async def listening(self) -> None:
        """Wait until events are heard and all before is known."""
        state = self.app.state
        async with asyncio.timeout(PATIENCE_S):
            while True:
                if state.listening.is_connected and state.catching_up.done:
                    return
                await asyncio.sleep(0.02)

    async def delivered(self) -> None:
        """Wait until everything is done over there."""
        delivery = self.app.state.delivery
        async with asyncio.timeout(PATIENCE_S):
            while await self._waiting():
                await delivery.begin_due()
                await delivery.rest()
                await asyncio.sleep(0)

    async def _waiting(self) -> int:
        async with self.app.state.mattermost.database.read() as work:
            return (await errands.waiting(work))[0]

    def posts(self, channel_id: str) -> list[dict[str, Any]]:
        """What people and the bot said in a channel over there, oldest first; no control post."""
        found = self.all_posts(channel_id)
        return [one for one in found if MARK in one["props"] or one["user_id"] != self.town.bot_id]

    def all_posts(self, channel_id: str) -> list[dict[str, Any]]:
        """The posts of a channel over there, oldest first, those of the system left out."""
        listed = self.town.call("GET", f"/channels/{channel_id}/posts?per_page=200")
        found = [listed["posts"][one] for one in reversed(listed["order"])]
        return [one for one in found if not one["type"].startswith("system_")]


@pytest.fixture(scope="session")
def attached_doors() -> AttachedDoors:
    """The routes, made once."""
    return AttachedDoors()


def alone(_database: str, _redis: str, _installation: object, deliver: Deliver, _renew: object) -> Broker:
    return MemoryBroker(deliver)


@pytest.fixture
def mattermost_url(town: Town) -> str:
    """The address that the application knows the server by."""
    return town.server.url


@pytest.fixture
def own_url() -> str:
    """The address that the server knows the application by: one that leads nowhere."""
    return "http://chat.test"


@pytest.fixture
async def attached(
    database_url: str,
    town: Town,
    mattermost_url: str,
    own_url: str,
    tmp_path: Path,
    attached_doors: AttachedDoors,
) -> AsyncGenerator[Attached]:
    """A Command Post attached to the server; the test runs once for each kind of database."""
    clock = TestClock(SystemClock().now())
    app = create_attached(
        database_at(database_url),
        Attachment(url=mattermost_url, token=town.bot_token, own_url=own_url + V0_PREFIX),
        clock=clock,
        config=Config(),
        data_dir=tmp_path / "data",
        doors=attached_doors,
        brokers=alone,
    )
    app.state.mattermost.client.patience_s = app.state.mattermost.client.connect_s = PATIENCE_S
    app.state.reception.answer_within_s = PATIENCE_S
    app.state.reception.see_done_within_s = _SEE_DONE_WITHIN_S
    team = await asyncio.to_thread(town.team)
    room = Attached(app, town, clock, team["id"])
    async with running(app):
        yield room
