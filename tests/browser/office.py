"""A small office for one test: a team, its people, and the pages they look at."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    WebSocket,
)

from tests.support.patience import PATIENCE_S
from tests.support.served import NO_TLS, Login, Served, signed_up

DESKTOP = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=360, height=740)
EMPTY = "about:blank"

INCIDENTS = "/plugins/com.mattermost.plugin-incident-management/api/v0"
SCREENS = "com.mattermost.plugin-incident-management"

_numbers = count(1)


@dataclass(kw_only=True)
class Office:
    """Ana and Ben share a team; usernames end in a number, as tests share the server."""

    browser: Browser
    server: Served
    admin: Login
    ana: Login
    ben: Login
    team: dict[str, Any]
    forgiven: list[str] = field(default_factory=list)
    """Parts of complaints that the test expects: "the server responded with a status of 403"."""
    _contexts: list[BrowserContext] = field(default_factory=list)
    _complaints: list[str] = field(default_factory=list)
    _greeted: dict[Page, asyncio.Event] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Where the team's pages are: "/team-1"."""
        return f"/{self.team['name']}"

    def as_(self, person: Login) -> httpx.Client:
        """A plain client of the API, signed in."""
        headers = {"Authorization": f"Bearer {person.token}"}
        return httpx.Client(base_url=self.server.url, headers=headers, timeout=PATIENCE_S, verify=NO_TLS)

    def channel(self, name: str, *members: Login, by: Login | None = None) -> dict[str, Any]:
        """A public channel of the team with members; Ana's, if nobody else's."""
        owner = by or self.ana
        body = {"team_id": self.team["id"], "name": name, "display_name": name.title(), "type": "O"}
        with self.as_(owner) as client:
            channel = client.post("/api/v4/channels", json=body).raise_for_status().json()
            for member in members:
                added = client.post(f"/api/v4/channels/{channel['id']}/members", json={"user_id": member.id})
                added.raise_for_status()
        return channel

    def other_team(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """A second team of Ana and Ben, and its town square."""
        with self.as_(self.admin) as client:
            team = _team(client, f"other-{self.team['name']}", "Other Team", self.ana, self.ben)
            square = client.get(f"/api/v4/teams/{team['id']}/channels/name/town-square")
            return team, square.raise_for_status().json()

    def post(self, person: Login, channel: dict[str, Any], message: str, **more: Any) -> dict[str, Any]:
        """A post, made over the API."""
        with self.as_(person) as client:
            body = {"channel_id": channel["id"], "message": message, **more}
            return client.post("/api/v4/posts", json=body).raise_for_status().json()

    def playbook(self, title: str, *members: Login, **more: Any) -> dict[str, Any]:
        """A playbook of two stages, made by Ana, for her and the members."""
        stages = [
            {"title": "Look", "items": [{"title": "Ask around"}, {"title": "Read the log"}]},
            {"title": "Mend", "items": [{"title": "Roll back", "command": "/echo back"}]},
        ]
        body = {
            "title": title,
            "team_id": self.team["id"],
            "member_ids": [self.ana.id, *(member.id for member in members)],
            "create_public_incident": True,
            "checklists": stages,
            **more,
        }
        with self.as_(self.ana) as client:
            made = client.post(f"{INCIDENTS}/playbooks", json=body).raise_for_status().json()
            return client.get(f"{INCIDENTS}/playbooks/{made['id']}").raise_for_status().json()

    def incident(self, name: str, playbook: dict[str, Any], *members: Login) -> dict[str, Any]:
        """An incident that Ana has just started, with members in its channel; "path" leads there."""
        body = {
            "name": name,
            "team_id": self.team["id"],
            "commander_user_id": self.ana.id,
            "playbook_id": playbook["id"],
        }
        with self.as_(self.ana) as client:
            incident = client.post(f"{INCIDENTS}/incidents", json=body).raise_for_status().json()
            for member in members:
                added = client.post(
                    f"/api/v4/channels/{incident['channel_id']}/members", json={"user_id": member.id}
                )
                added.raise_for_status()
            channel = client.get(f"/api/v4/channels/{incident['channel_id']}").raise_for_status().json()
        return {**incident, "path": f"{self.path}/channels/{channel['name']}"}

    async def page(
        self,
        person: Login | None,
        path: str = "/",
        *,
        size: ViewportSize = DESKTOP,
        theme: str = "light",
        languages: Sequence[str] = ("en-GB",),
        hears: bool = True,
    ) -> Page:
        """A browser window of somebody who is signed in (or nobody), at an address.

        It `hears` what goes on from the beginning, if it is a page of the app of somebody who may.
        """
        context = await self.browser.new_context(
            base_url=self.server.url,
            viewport=size,
            has_touch=size["width"] < 500,
            locale=languages[0],
            timezone_id="Europe/Berlin",
            reduced_motion="reduce",
            color_scheme="dark" if theme == "dark" else "light",
        )
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE_S * 1000)
        if person is not None:
            login = {"login_id": person.username, "password": person.password}
            answer = await context.request.post(
                "/api/v4/users/login", data=login, headers={"X-Requested-With": "XMLHttpRequest"}
            )
            assert answer.ok, await answer.text()
        page = await context.new_page()
        self._greeted[page] = greeted(page)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self._complaints.append(f"{error}\n{error.stack}"))
        await page.goto(path)
        if hears and person is not None and path != EMPTY:
            await self.live(page)
        return page

    async def live(self, *pages: Page) -> None:
        """Wait until the pages hear what goes on: what is told only once does not come to them before."""
        for page in pages:
            await asyncio.wait_for(self._greeted[page].wait(), PATIENCE_S)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complaints.append(f"{message.text} ({message.location['url']})")

    async def close(self) -> list[str]:
        """Close every page; gives what they complained of."""
        for context in self._contexts:
            await context.close()
        return [said for said in self._complaints if not any(part in said for part in self.forgiven)]


def greeted(page: Page) -> asyncio.Event:
    """Set while the page that is shown has been greeted over its WebSocket."""
    is_greeted = asyncio.Event()

    def left(request: Request) -> None:
        if request.is_navigation_request() and request.frame == page.main_frame:
            is_greeted.clear()

    def opened(socket: WebSocket) -> None:
        socket.once("framereceived", lambda _: is_greeted.set())

    page.on("request", left)
    page.on("websocket", opened)
    return is_greeted


def make_office(browser: Browser, server: Served, admin: Login) -> Office:
    """An office with a team of its own."""
    number = next(_numbers)
    ana = signed_up(server, f"ana{number}", by=admin.token)
    ben = signed_up(server, f"ben{number}", by=admin.token)
    headers = {"Authorization": f"Bearer {admin.token}"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=PATIENCE_S, verify=NO_TLS) as client:
        team = _team(client, f"office-{number}", f"Office {number}", ana, ben)
    return Office(browser=browser, server=server, admin=admin, ana=ana, ben=ben, team=team)


def _team(client: httpx.Client, name: str, display_name: str, *members: Login) -> dict[str, Any]:
    body = {"name": name, "display_name": display_name, "type": "O"}
    team = client.post("/api/v4/teams", json=body).raise_for_status().json()
    for person in members:
        member = {"team_id": team["id"], "user_id": person.id}
        client.post(f"/api/v4/teams/{team['id']}/members", json=member).raise_for_status()
    return team


@asynccontextmanager
async def open_office(browser: Browser, server: Served, admin: Login) -> AsyncGenerator[Office]:
    """An office for a test; at the end nothing may have been complained of."""
    office = make_office(browser, server, admin)
    try:
        yield office
    finally:
        complaints = await office.close()
    if complaints:
        raise AssertionError("A page complained:\n" + "\n".join(complaints))
