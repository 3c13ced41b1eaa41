"""A workspace to test in: the whole application over a fresh database, with people who are signed in.

Requests go through the doors, in process; `room.desks` gives desks for what has no route.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar

from commandpost.api.errors import V0_PREFIX
from commandpost.app import Doors, create_app
from commandpost.db import Database, PostgresDatabase, database_at
from commandpost.integrations.tools.jira import Jira
from commandpost.integrations.tools.opsgenie import Opsgenie
from commandpost.integrations.tools.pagerduty import PagerDuty
from commandpost.integrations.tools.zoom import Zoom
from commandpost.live.broker import Broker, Deliver, MemoryBroker
from commandpost.workspace.actions import accounts, sessions, team_members, teams, users
from commandpost.workspace.actions.teams import NewTeam
from commandpost.workspace.desk import Desks
from commandpost.workspace.events import ConfigChanged
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.sign_up import NewUser
from commandpost.workspace.model.team import Team
from commandpost.workspace.model.user import User
from commandpost.workspace.model.who import Who
from commandpost.workspace.passwords import Passwords
from tests.support.clock import TestClock

SITE = "http://commandpost.test"
PASSWORD = "correct horse battery"
_CHEAP_KIB = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody signed in (or nobody: id and token are ""), and their way in through the doors."""

    id: str
    username: str
    token: str
    session_id: str
    v4: httpx.AsyncClient
    v0: httpx.AsyncClient

    async def get(self, path: str, **more: Any) -> httpx.Response:
        return await self.v4.get(path, **more)

    async def post(self, path: str, json: Any = None, **more: Any) -> httpx.Response:
        return await self.v4.post(path, json=json, **more)

    async def put(self, path: str, json: Any = None, **more: Any) -> httpx.Response:
        return await self.v4.put(path, json=json, **more)

    async def delete(self, path: str, **more: Any) -> httpx.Response:
        return await self.v4.delete(path, **more)


class Room:
    """The application with nobody in it yet. The first person made is the system's administrator."""

    def __init__(self, app: Litestar, clock: TestClock) -> None:
        self.app = app
        self.clock = clock
        self.desks: Desks = app.state.desks

    def configure(self, **settings: Any) -> None:
        """Change settings as an administrator would, for this room only."""
        before = self.desks.config
        self.desks.use(replace(before, **settings))
        self.app.state.callers.hear(ConfigChanged(config=self.desks.config, before=before))

    def stranger(self) -> Person:
        """Somebody who is not signed in."""
        return self._with_token("", "", "")

    async def person(self, username: str, *, roles: str = "") -> Person:
        """Somebody new who is signed in; `roles` in place of those that a new account gets."""
        user = await self.user(username, roles=roles)
        return await self.signed_in(user)

    async def user(self, username: str, *, roles: str = "") -> User:
        """An account with `PASSWORD`; the address is username@example.com."""
        password_hash = await self.desks.passwords.hashed(PASSWORD)
        new = NewUser(username=username, email=f"{username}@example.com", password_hash=password_hash)
        async with self.desks.writing() as desk:
            user = await users.create(desk, _SERVER, new)
            if roles:
                user = await accounts.set_roles(desk, _SERVER, user.id, roles)
        return user

    async def signed_in(self, user: User) -> Person:
        """A further session of a user."""
        async with self.desks.writing() as desk:
            token = await sessions.start(desk, user)
            who = await sessions.identify(desk, token)
        assert who is not None
        return self._with_token(user.id, user.username, token, session_id=who.session_id)

    async def team(self, name: str, creator: Person, *members: Person) -> Team:
        """A closed team with members; the creator is its administrator."""
        async with self.desks.writing() as desk:
            by = Who(user_id=creator.id, username=creator.username, roles=frozenset({"system_admin"}))
            team = await teams.create(desk, by, NewTeam(name=name, display_name=name.title(), type="I"))
            for member in members:
                await team_members.add_member(desk, _SERVER, team.id, member.id)
        return team

    def _with_token(self, user_id: str, username: str, token: str, *, session_id: str = "") -> Person:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return Person(
            id=user_id,
            username=username,
            token=token,
            session_id=session_id,
            v4=self._client(f"{SITE}/api/v4", headers),
            v0=self._client(f"{SITE}{V0_PREFIX}api/v0", headers),
        )

    def _client(self, base_url: str, headers: dict[str, str]) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(base_url=base_url, headers=headers, transport=transport)


_SERVER = Who(user_id="", username="", roles=frozenset({"system_admin"}))


@pytest.fixture(scope="session")
def doors() -> Doors:
    """The application's routes, made once: each test joins them to rooms of its own."""
    return Doors()


def _alone(_database: str, _redis: str, _installation: object, deliver: Deliver, _renew: object) -> Broker:
    """A server that knows it has no others beside it, so that what happens is told at once."""
    return MemoryBroker(deliver)


def _small(database_url: str) -> Database:
    """The database with few connections, for each takes longer than a test; three meet as well as sixteen."""
    if database_url.startswith("postgresql://"):
        return PostgresDatabase(database_url, most_connections=3)
    return database_at(database_url)


@pytest.fixture
async def room(database_url: str, clock: TestClock, tmp_path: Path, doors: Doors) -> AsyncGenerator[Room]:
    """An empty workspace; the test runs once for each kind of database."""
    passwords = Passwords(memory_kib=_CHEAP_KIB)
    app = create_app(
        _small(database_url),
        clock=clock,
        config=Config(site_url=SITE),
        data_dir=tmp_path / "data",
        doors=doors,
        integrations=[Jira(), Opsgenie(), PagerDuty(), Zoom()],
        brokers=_alone,
    )
    app.state.desks.passwords.close()
    app.state.desks.passwords = passwords
    async with running(app):
        yield Room(app, clock)
    passwords.close()


@asynccontextmanager
async def running(app: Litestar) -> AsyncGenerator[None]:
    """The application started and stopped in a task of its own: a fixture begins and ends in two."""
    is_up, is_over = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with app.lifespan():
            is_up.set()
            await is_over.wait()

    life = asyncio.create_task(live())
    await asyncio.wait([life, up := asyncio.create_task(is_up.wait())], return_when=asyncio.FIRST_COMPLETED)
    up.cancel()
    try:
        yield
    finally:
        is_over.set()
        await life


@pytest.fixture
async def admin(room: Room) -> Person:
    """The system's administrator, the first to have an account."""
    return await room.person("admin")


@pytest.fixture
async def ana(room: Room, admin: Person) -> Person:
    """A user without any special rights."""
    return await room.person("ana")


@pytest.fixture
async def ben(room: Room, admin: Person) -> Person:
    """Another user without any special rights."""
    return await room.person("ben")


@pytest.fixture
async def guest(room: Room, admin: Person) -> Person:
    """A guest, in no team."""
    return await room.person("guest", roles="system_guest")


@pytest.fixture
async def team(room: Room, admin: Person, ana: Person, ben: Person) -> Team:
    """A closed team: the administrator made it, Ana and Ben are its members."""
    return await room.team("acme", admin, ana, ben)
