"""People at work on several servers while these come and go: some write, others look at the channel.

A writer whose server is gone asks the next one, as a client behind a balancer does, and says the same post
again under the same pending id. A screen shows what came live, and after each new socket asks what it missed.
"""

import asyncio
import itertools
import json
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from commandpost.api.errors import V0_PREFIX
from commandpost.kernel.ids import new_id
from tests.support.patience import PATIENCE_S
from tests.support.served import NO_TLS, Login, Served

V0 = f"{V0_PREFIX}api/v0"
ANSWER_WITHIN_S = PATIENCE_S
"""Longer than that no request may hang, whatever is broken."""
_SHOWN_WITHIN_S = 60
_WRITTEN_WITHIN_S = 300
_PAUSE_S = 0.05
_PAGE = 200
_MOST_CHANGES = 1_000
_LOOKS_BACK_MS = 10_000
"""As the web app does: clocks of servers differ a little."""
_STAGES = [{"title": "Triage", "items": [{"title": f"Task {number}"} for number in range(5)]}]


@dataclass(slots=True)
class Crowd:
    """Ana, in many windows at once, on the servers that there should be."""

    servers: list[Served]
    ana: Login
    team_id: str
    channel_id: str
    playbook_id: str
    posts: set[str] = field(default_factory=set[str])
    incidents: dict[str, str] = field(default_factory=dict[str, str])
    attempted: set[str] = field(default_factory=set[str])
    refusals: list[httpx.Response] = field(default_factory=list[httpx.Response])
    cut_off: int = 0
    asking: Counter[str] = field(default_factory=Counter[str])
    screens: "list[Screen]" = field(default_factory=list["Screen"])
    _clients: dict[str, httpx.AsyncClient] = field(default_factory=dict[str, httpx.AsyncClient])
    _stirred: asyncio.Event = field(default_factory=asyncio.Event)
    _is_over: bool = False

    def client(self, server: Served) -> httpx.AsyncClient:
        """The one client of a server: making one costs more than a hundred requests."""
        if server.url not in self._clients:
            self._clients[server.url] = client(server, self.ana)
        return self._clients[server.url]

    async def figure(self, server: Served, name: str) -> float:
        """A metric, as a server shows it."""
        lines = (await self.client(server).get("/metrics")).text.splitlines()
        [value] = [line.split()[1] for line in lines if line.startswith(f"{name} ")]
        return float(value)

    async def until_figure(self, name: str, value: float) -> None:
        """Wait until every server shows this value; others write meanwhile."""
        async with asyncio.timeout(_SHOWN_WITHIN_S):
            for server in self.servers:
                while await self.figure(server, name) != value:
                    await self.has_written(1)

    async def has_written(self, more: int) -> None:
        """Wait until so many more writes were acknowledged."""
        enough = len(self.posts) + len(self.incidents) + more
        await self.until(lambda: len(self.posts) + len(self.incidents) >= enough, within_s=_WRITTEN_WITHIN_S)

    async def until(self, holds: Callable[[], bool], *, within_s: float = _SHOWN_WITHIN_S) -> None:
        """Wait for something to be true."""
        async with asyncio.timeout(within_s):
            while not holds():
                self._stirred.clear()
                await self._stirred.wait()

    async def exchange(self, old: Served, new: Served) -> None:
        """As a balancer does it: nothing more goes to the old one, and what it was asked is answered."""
        self.servers[self.servers.index(old)] = new
        await self.until(lambda: not self.asking[old.url])

    def stir(self) -> None:
        """Something has happened."""
        self._stirred.set()

    async def write(self, number: int) -> None:
        """Post, and start an incident now and then, until told to stop."""
        for turn in itertools.count():
            if self._is_over:
                return
            await self._post(f"writer {number} turn {turn}", first=number)
            if turn % 10 == 0:
                await self._start_incident(f"Incident {number} {turn}", first=number)

    async def _post(self, message: str, *, first: int) -> None:
        pending = f"{self.channel_id}:{message}"
        body = {"channel_id": self.channel_id, "message": message, "pending_post_id": pending}
        for attempt in itertools.count(first):
            answer = await self._asked(self._server(attempt), "/api/v4/posts", body)
            if answer is not None and answer.status_code == 201:
                break
            await asyncio.sleep(_PAUSE_S)
        self.posts.add(message)
        self.stir()

    async def _start_incident(self, name: str, *, first: int) -> None:
        """Once: who gets no answer would have to look whether there is one."""
        new = {"name": name, "team_id": self.team_id, "commander_user_id": self.ana.id}
        self.attempted.add(name)
        answer = await self._asked(
            self._server(first), f"{V0}/incidents", {**new, "playbook_id": self.playbook_id}
        )
        if answer is not None and answer.status_code == 201:
            self.incidents[answer.json()["id"]] = name

    async def _asked(self, server: Served, path: str, body: dict[str, Any]) -> httpx.Response | None:
        """The answer; none if the connection was cut, or a proxy says that its own was.

        One that hangs fails the test, as an error does.
        """
        self.asking[server.url] += 1
        try:
            answer = await self.client(server).post(path, json=body)
        except httpx.TimeoutException:
            raise
        except httpx.TransportError:
            self.cut_off += 1
            return None
        finally:
            self.asking[server.url] -= 1
            self.stir()
        if answer.status_code == 502:
            self.cut_off += 1
            return None
        if answer.status_code == 503:
            self.refusals.append(answer)
        else:
            assert answer.status_code == 201, answer.text
        return answer

    def _server(self, attempt: int) -> Served:
        return self.servers[attempt % len(self.servers)]

    def stop(self) -> None:
        """Let writers finish what they are at."""
        self._is_over = True

    async def settle(self) -> None:
        """Every server has what was acknowledged, and nothing twice; the screens too."""
        for server in self.servers:
            http = self.client(server)
            counted = Counter(post["message"] for post in await all_posts(http, self.channel_id))
            kept = Counter({m: n for m, n in counted.items() if m.startswith("writer ")})
            assert (kept - Counter(self.posts), Counter(self.posts) - kept) == (Counter(), Counter())
            incidents = await self._all_incidents(http)
            names = Counter(name for name in incidents.values())
            assert self.incidents.items() <= incidents.items()
            assert set(names) <= self.attempted
            assert set(names.values()) <= {1}
        for screen in self.screens:
            await self.until(lambda screen=screen: screen.shown() >= self.posts)
            assert Counter(screen.posts.values()) & Counter(self.posts) == Counter(self.posts)

    async def close(self) -> None:
        """Hang up."""
        await asyncio.gather(*(http.aclose() for http in self._clients.values()))

    async def _all_incidents(self, http: httpx.AsyncClient) -> dict[str, str]:
        found: dict[str, str] = {}
        for page in itertools.count():
            query = {"team_id": self.team_id, "per_page": _PAGE, "page": page}
            listed = (await http.get(f"{V0}/incidents", params=query)).raise_for_status().json()
            found |= {incident["id"]: incident["name"] for incident in listed["items"]}
            if not listed["has_more"]:
                return found
        raise AssertionError


class Screen:
    """What a window shows of a channel; each post once, whether it came live or was asked for."""

    def __init__(self, crowd: Crowd, first: int) -> None:
        self._crowd = crowd
        self._first = first
        self.posts: dict[str, str] = {}
        self.sockets = 0
        self.live: list[str] = []
        self._complete_to = 0

    def shown(self) -> set[str]:
        return set(self.posts.values())

    async def run(self) -> None:
        """Show until cancelled: over a socket, and over the next when that is gone."""
        for attempt in itertools.count(self._first):
            server = self._crowd.servers[attempt % len(self._crowd.servers)]
            try:
                await self._through(server)
            except (OSError, WebSocketException, httpx.TransportError, httpx.HTTPStatusError):
                await asyncio.sleep(_PAUSE_S)

    async def _through(self, server: Served) -> None:
        url = f"{server.url.replace('http', 'ws')}/api/v4/websocket"
        headers = {"Authorization": f"Bearer {self._crowd.ana.token}"}
        async with connect(
            url, additional_headers=headers, open_timeout=PATIENCE_S, max_queue=None
        ) as socket:
            assert json.loads(await socket.recv())["event"] == "hello"
            self.sockets += 1
            self._crowd.stir()
            http = self._crowd.client(server)
            for post in await self._missed(http):
                self.posts[post["id"]] = post["message"]
                self._complete_to = max(self._complete_to, post["update_at"])
            self._crowd.stir()
            await self._listen(socket)

    async def _missed(self, http: httpx.AsyncClient) -> list[dict[str, Any]]:
        """All that changed since it was complete: of what came live since, something may have been lost."""
        if not self._complete_to:
            return await all_posts(http, self._crowd.channel_id)
        query = {"since": self._complete_to - _LOOKS_BACK_MS}
        path = f"/api/v4/channels/{self._crowd.channel_id}/posts"
        changes = (await http.get(path, params=query)).raise_for_status().json()
        if len(changes["order"]) >= _MOST_CHANGES:
            return await all_posts(http, self._crowd.channel_id)
        return list(changes["posts"].values())

    async def _listen(self, socket: ClientConnection) -> None:
        async for text in socket:
            frame = json.loads(text)
            if frame.get("event") == "posted" and frame["broadcast"]["channel_id"] == self._crowd.channel_id:
                post = json.loads(frame["data"]["post"])
                self.posts[post["id"]] = post["message"]
                self.live.append(post["id"])
                self._crowd.stir()


def client(server: Served, login: Login) -> httpx.AsyncClient:
    """Asks a server as this person."""
    headers = {"Authorization": f"Bearer {login.token}"}
    return httpx.AsyncClient(base_url=server.url, headers=headers, timeout=ANSWER_WITHIN_S, verify=NO_TLS)


async def all_posts(http: httpx.AsyncClient, channel_id: str) -> list[dict[str, Any]]:
    """The posts of a channel, page by page."""
    found: list[dict[str, Any]] = []
    for page in itertools.count():
        query = {"page": page, "per_page": _PAGE}
        answer = (await http.get(f"/api/v4/channels/{channel_id}/posts", params=query)).raise_for_status()
        posts = [answer.json()["posts"][post_id] for post_id in answer.json()["order"]]
        found += posts
        if len(posts) < _PAGE:
            break
    return found


@asynccontextmanager
async def crowd_on(
    servers: list[Served], ana: Login, *, writers: int, screens: int = 2
) -> AsyncGenerator[Crowd]:
    """A new team on these servers, in which Ana writes and looks on; all at rest at the end.

    Who exchanges a server in the list meanwhile, exchanges it for the crowd.
    """
    async with client(servers[0], ana) as http:
        new = {"name": f"ops-{new_id()}", "display_name": "Ops", "type": "O"}
        team = (await http.post("/api/v4/teams", json=new)).raise_for_status().json()
        town = (await http.get(f"/api/v4/teams/{team['id']}/channels/name/town-square")).json()
        plan = {"title": "Plan", "team_id": team["id"], "checklists": _STAGES, "create_public_incident": True}
        playbook = (await http.post(f"{V0}/playbooks", json=plan)).raise_for_status().json()
    crowd = Crowd(
        servers=servers, ana=ana, team_id=team["id"], channel_id=town["id"], playbook_id=playbook["id"]
    )
    crowd.screens = [Screen(crowd, number) for number in range(screens)]
    looking = [asyncio.create_task(screen.run()) for screen in crowd.screens]
    try:
        await crowd.until(lambda: all(screen.sockets for screen in crowd.screens))
        async with asyncio.TaskGroup() as writing:
            for number in range(writers):
                writing.create_task(crowd.write(number))
            yield crowd
            crowd.stop()
        await crowd.settle()
    finally:
        for task in looking:
            task.cancel()
        await asyncio.gather(*looking, return_exceptions=True)
        await crowd.close()
