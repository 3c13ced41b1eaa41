"""Pages at an address of their own: signing in by Mattermost's OAuth 2.0, and what they ask of the chat."""

from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from commandpost.attached import AttachedDoors, Attachment, create_attached
from commandpost.chat.mattermost.attaching_pages import AttachingPages
from commandpost.chat.mattermost.client import Client
from commandpost.db import Sql, database_at
from commandpost.kernel.clock import SystemClock
from commandpost.kernel.ids import new_id
from commandpost.vault import Vault
from commandpost.workspace.model.config import Config
from tests.support.attached import Attached, Town, alone
from tests.support.clock import TestClock
from tests.support.front import Front, front_of
from tests.support.patience import PATIENCE_S
from tests.support.people import running

PAGES = "http://pages.test"
_FACTS = Sql("SELECT name, value FROM mattermost_facts")


@pytest.fixture
def front(town: Town) -> Generator[Front]:
    with front_of(town.server.url) as front:
        yield front


@pytest.fixture
async def pages(
    sqlite_url: str, town: Town, front: Front, tmp_path: Path, attached_doors: AttachedDoors
) -> AsyncGenerator[Attached]:
    """A Command Post attached to the front, with an address of its own."""
    clock = TestClock(SystemClock().now())
    app = create_attached(
        database_at(sqlite_url),
        Attachment(url=front.url, token=town.bot_token),
        clock=clock,
        config=Config(),
        data_dir=tmp_path / "data",
        doors=attached_doors,
        brokers=alone,
    )
    name = f"team-{new_id()[:10]}"
    team = town.call("POST", "/teams", json={"name": name, "display_name": name, "type": "I"})
    room = Attached(app, town, clock, team["id"])
    room.join_team(town.bot_id)
    async with running(app):
        admin = Client(front.url, town.admin.token)
        vault = Vault({}, tmp_path / "data")
        attaching = AttachingPages(admin, app.state.mattermost.database, vault, url=PAGES)
        assert [step.said async for step in attaching.attach(is_provider=True)]
        await admin.close()
        yield room


def browser(pages: Attached) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=pages.app, raise_app_exceptions=False)
    return httpx.AsyncClient(base_url=PAGES, transport=transport)


async def at_mattermost(address: str, token: str) -> str:
    """What Mattermost does with a browser that comes to sign in: where it sends it back to."""
    async with httpx.AsyncClient(cookies={"MMAUTHTOKEN": token}, timeout=PATIENCE_S) as there:
        return (await there.get(address)).headers["location"]


async def signed_in(pages: Attached, token: str, redirect_to: str = "/") -> tuple[httpx.AsyncClient, str]:
    """A browser that has signed in, and where it was led."""
    here = browser(pages)
    begun = await here.get("/oauth/mattermost/login", params={"redirect_to": redirect_to})
    back = await at_mattermost(begun.headers["location"], token)
    return here, (await here.get(back)).headers["location"]


async def test_who_signs_in_at_mattermost_is_in_and_sees_what_they_may(pages: Attached) -> None:
    ana = pages.person("ana")
    wanted = "/team/com.mattermost.plugin-incident-management/incidents?status=Ended"

    here, led_to = await signed_in(pages, ana.token, wanted)
    me = await here.get("/api/v4/users/me")
    listed = await here.get(
        "/plugins/com.mattermost.plugin-incident-management/api/v0/incidents",
        params={"team_id": pages.team_id},
    )
    picture = await here.get(f"/api/v4/users/{ana.id}/image")
    forged = await here.post("/api/v4/users/ids", json=[ana.id])
    proved = await here.post(
        "/api/v4/users/ids", json=[ana.id], headers={"X-Requested-With": "XMLHttpRequest"}
    )

    assert led_to == wanted
    assert me.json()["id"] == ana.id
    assert listed.status_code == 200, listed.text
    assert picture.headers["content-type"].startswith("image/")
    assert (forged.status_code, proved.status_code) == (401, 200)


async def test_a_session_is_kept_by_the_browser_alone_and_sealed(pages: Attached, front: Front) -> None:
    ana = pages.person("ana")

    here, _ = await signed_in(pages, ana.token)
    [granted] = front.tokens
    kept = here.cookies["CPSESSION"]
    async with pages.app.state.mattermost.database.read() as work:
        rows = [dict(row) for row in await work.all(_FACTS)]

    assert granted not in kept
    assert granted not in str(rows) and ana.token not in str(rows)


async def test_signing_out_ends_the_session(pages: Attached) -> None:
    here, _ = await signed_in(pages, pages.person("ana").token)

    left = await here.post("/oauth/mattermost/logout", headers={"X-Requested-With": "XMLHttpRequest"})

    assert left.status_code == 200
    assert "CPSESSION" not in here.cookies
    assert (await here.get("/api/v4/users/me")).status_code == 401


async def test_a_code_counts_once_and_only_for_the_browser_that_began(pages: Attached, front: Front) -> None:
    ana = pages.person("ana")
    here, other = browser(pages), browser(pages)
    begun = await here.get("/oauth/mattermost/login")
    sent = parse_qs(urlsplit(begun.headers["location"]).query)
    back = await at_mattermost(begun.headers["location"], ana.token)

    stolen = await other.get(back)
    denied = await here.get("/oauth/mattermost/complete", params={"error": "access_denied", "state": "x"})

    assert sent["code_challenge_method"] == ["S256"] and sent["redirect_uri"] == [
        f"{PAGES}/oauth/mattermost/complete"
    ]
    for answer in (stolen, denied):
        assert answer.headers["location"] == "/login?refused=pages.not_signed_in"
        assert "CPSESSION" not in answer.cookies
    assert front.tokens == {}


async def test_nobody_is_led_away_after_signing_in(pages: Attached) -> None:
    _, led_to = await signed_in(pages, pages.person("ana").token, "//evil.example/")

    assert led_to == "/"


async def test_nothing_else_of_the_chat_is_passed_on(pages: Attached) -> None:
    ana = pages.person("ana")
    here, _ = await signed_in(pages, ana.token)
    proof = {"X-Requested-With": "XMLHttpRequest"}

    for method, path in (("GET", "config"), ("POST", "users/logout"), ("GET", "users/me/../../config")):
        answer = await here.request(method, f"/api/v4/{path}", headers=proof)
        assert answer.status_code == 404, f"{method} {path}"
    stranger = await browser(pages).get("/api/v4/users/me")
    assert stranger.status_code == 401


async def test_channels_lead_into_mattermost(pages: Attached, front: Front) -> None:
    answer = await browser(pages).get("/go/team/channels/town-square")

    assert answer.headers["location"] == f"{front.url}/team/channels/town-square"


async def test_a_page_is_given_to_browsers(pages: Attached) -> None:
    page = await browser(pages).get("/", headers={"Accept": "text/html"})

    assert page.status_code == 200 and '<div id="root">' in page.text
