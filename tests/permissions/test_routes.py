"""Who may do what over HTTP: every route, asked by every kind of caller, against one table (`routes.txt`).

Nothing is kept of what is asked: the database undoes each work at its end and says 503. So every caller finds
the same things, and whoever is let as far as that was permitted. On SQLite alone, as rights are no matter of
the database. Nothing that anybody is answered holds what only others may read.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from commandpost.app import Doors, create_app
from commandpost.db import Sql, Work
from commandpost.db.sqlite import SqliteDatabase
from commandpost.integrations.tools.jira import Jira
from commandpost.kernel.errors import Unavailable
from commandpost.workspace.model.config import Config
from tests.permissions.scene import CALLERS, SECRET, Scene, scene
from tests.support.clock import TestClock
from tests.support.people import SITE, Person, Room, running
from tests.support.routes import Route, every_route

_CHANGES = Sql("SELECT total_changes() AS changes")

AUDITED = {
    "GET /api/v4/audits/export",
    "GET /plugins/com.mattermost.plugin-incident-management/api/v0/incidents/{incident_id}/archive",
}
"""Who asks for these is noted."""

TABLE = Path(__file__).with_name("routes.txt")


class Forgetful(SqliteDatabase):
    """A database that, once it `forgets`, undoes everything."""

    forgets = False

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[Work]:
        async with super().write() as work:
            before = await work.one(_CHANGES)
            yield work
            if self.forgets and await work.one(_CHANGES) != before:
                raise Unavailable("Nothing is kept.")


@pytest.fixture
def database(sqlite_url: str) -> Forgetful:
    return Forgetful(Path(sqlite_url.removeprefix("sqlite:///")))


@pytest.fixture
async def room(database: Forgetful, clock: TestClock, tmp_path: Path, doors: Doors) -> AsyncGenerator[Room]:
    config = Config(site_url=SITE)
    app = create_app(
        database, clock=clock, config=config, data_dir=tmp_path / "data", doors=doors, integrations=[Jira()]
    )
    async with running(app):
        yield Room(app, clock)
        database.forgets = False


def expected() -> dict[str, list[str]]:
    """The table: a route, and for each kind of caller the status of the answer."""
    rows = (line.rsplit("|", 1) for line in TABLE.read_text().splitlines() if line and line[0] != "#")
    return {route.strip(): statuses.split() for route, statuses in rows}


async def asked(here: Scene, route: Route, caller: str) -> httpx.Response:
    """What a caller is answered."""
    person = here.callers[caller]
    body = here.body(route, person)
    return await person.v4.request(route.method, SITE + here.path(route), params=here.query(route), json=body)


async def test_every_route_answers_each_kind_of_caller_as_the_table_says(
    room: Room, admin: Person, database: Forgetful
) -> None:
    here = await scene(room, admin)
    database.forgets = True
    answers: dict[str, list[str]] = {}

    told: list[str] = []

    for route in every_route(room.app):
        given = {caller: await asked(here, route, caller) for caller in CALLERS}
        answers[str(route)] = [str(answer.status_code) for answer in given.values()]
        told += [
            f"{caller}: {route}"
            for caller, answer in given.items()
            if SECRET in answer.text and caller not in ("channel", "admin")
        ]

    assert told == []
    table = expected()
    assert {route: answers[route] for route in answers if answers[route] != table.get(route)} == {}
    assert sorted(table) == sorted(answers)


async def test_a_cookie_without_its_proof_changes_nothing_on_any_route(
    room: Room, admin: Person, database: Forgetful
) -> None:
    """What another site has a browser ask (CSRF): it counts as asked by nobody."""
    here = await scene(room, admin)
    database.forgets = True
    cookie = {"Cookie": f"MMAUTHTOKEN={admin.token}"}
    answers: dict[str, str] = {}

    for route in (one for one in every_route(room.app) if one.method != "GET"):
        answer = await room.stranger().v4.request(
            route.method,
            SITE + here.path(route),
            params=here.query(route),
            json=here.body(route, admin),
            headers=cookie,
        )
        answers[str(route)] = str(answer.status_code)

    table = expected()
    assert {route: status for route, status in answers.items() if status != table[route][0]} == {}
    assert len(answers) > 100


def test_what_is_only_asked_for_changes_nothing_but_the_audit_log() -> None:
    """A cookie needs no proof for it."""
    writing = {route for route, statuses in expected().items() if "503" in statuses and route[:4] == "GET "}

    assert writing == AUDITED


async def test_every_operation_of_the_document_is_in_the_table(room: Room, admin: Person) -> None:
    document = (await admin.v4.get(f"{SITE}/api/docs/openapi.json")).json()
    described = {
        f"{method.upper()} {path}"
        for path, operations in document["paths"].items()
        if path.startswith(("/api/v4/", "/plugins/com.mattermost.plugin-incident-management/"))
        for method in operations
    }

    assert described - expected().keys() == set()
