"""The demonstration's people at work: each verb is a request through the doors, a while after the last."""

import secrets
from dataclasses import dataclass, field
from typing import Any, cast

import httpx
from litestar import Litestar

from commandpost.api.errors import V0_PREFIX
from commandpost.demo.clock import TurnedClock

_SITE = "http://commandpost.invalid"
_V4 = "/api/v4"
_V0 = f"{V0_PREFIX}api/v0"
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of the team, not yet in the workspace."""

    username: str
    first_name: str
    last_name: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """What a visitor needs to become one of the team."""

    username: str
    password: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """An incident of the story: its id, its channel, and where each task stands."""

    id: str
    channel: str
    places: dict[str, tuple[int, int]]


@dataclass(slots=True)
class Office:
    """The workspace as the story sees it: people, channels and playbooks by their names."""

    app: Litestar
    clock: TurnedClock
    logins: list[Login] = field(default_factory=list[Login])
    team_id: str = ""
    _ids: dict[str, str] = field(default_factory=dict[str, str])
    _tokens: dict[str, str] = field(default_factory=dict[str, str])
    _channels: dict[str, str] = field(default_factory=dict[str, str])

    async def ask(self, by: str, method: str, path: str, body: object = None) -> Any:
        """One request in somebody's name ("" is nobody's). Raises httpx.HTTPStatusError for a refusal."""
        answer = await self._answer(by, method, path, body)
        return answer.json() if answer.content else None

    async def _answer(self, by: str, method: str, path: str, body: object) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._tokens[by]}"} if by else {}
        transport = httpx.ASGITransport(app=cast("Any", self.app))
        async with httpx.AsyncClient(transport=transport, base_url=_SITE, headers=headers) as client:
            return (await client.request(method, path, json=body)).raise_for_status()

    async def hire(self, person: Person, *, by: str = "") -> None:
        """Make an account with a password made up, and sign it in. The first is the administrator's."""
        password = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
        account = {
            "username": person.username,
            "email": f"{person.username}@example.com",
            "password": password,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "position": person.position,
        }
        made = await self.ask(by, "POST", f"{_V4}/users", account)
        self._ids[person.username] = made["id"]
        self.logins.append(Login(username=person.username, password=password, position=person.position))
        login = {"login_id": person.username, "password": password}
        answer = await self._answer("", "POST", f"{_V4}/users/login", login)
        self._tokens[person.username] = answer.headers["Token"]

    async def found_team(self, by: str, *, name: str, display_name: str) -> None:
        """Make the team, with everybody in it."""
        team = await self.ask(
            by, "POST", f"{_V4}/teams", {"name": name, "display_name": display_name, "type": "O"}
        )
        self.team_id = team["id"]
        for username in self._ids:
            if username != by:
                member = {"team_id": self.team_id, "user_id": self._ids[username]}
                await self.ask(by, "POST", f"{_V4}/teams/{self.team_id}/members", member)
        for default in ("town-square", "off-topic"):
            channel = await self.ask(by, "GET", f"{_V4}/teams/{self.team_id}/channels/name/{default}")
            self._channels[default] = channel["id"]

    async def open_channel(
        self, by: str, name: str, display_name: str, purpose: str, *members: str, type_: str = "O"
    ) -> None:
        """Make a channel and add people to it."""
        wanted = {
            "team_id": self.team_id,
            "name": name,
            "display_name": display_name,
            "purpose": purpose,
            "type": type_,
        }
        channel = await self.ask(by, "POST", f"{_V4}/channels", wanted)
        self._channels[name] = channel["id"]
        for member in members:
            await self.join(name, member, by=by)

    async def join(self, channel: str, username: str, *, by: str = "") -> None:
        """Somebody joins a channel, or is added to it by somebody else."""
        path = f"{_V4}/channels/{self._channels[channel]}/members"
        await self.ask(by or username, "POST", path, {"user_id": self._ids[username]})

    async def say(self, by: str, channel: str, message: str, *, after: float = 2, to: str = "") -> str:
        """Post some minutes after what was before, or reply `to` a post; gives the post's id."""
        self.clock.let_pass(minutes=after)
        post = {"channel_id": self._channels[channel], "message": message, "root_id": to}
        return (await self.ask(by, "POST", f"{_V4}/posts", post))["id"]

    async def react(self, post_id: str, emoji: str, *people: str) -> None:
        """People put the same emoji under a post."""
        for username in people:
            self.clock.let_pass(minutes=0.2)
            reaction = {"user_id": self._ids[username], "post_id": post_id, "emoji_name": emoji}
            await self.ask(username, "POST", f"{_V4}/reactions", reaction)

    async def pin(self, by: str, post_id: str) -> None:
        """Pin a post to its channel."""
        await self.ask(by, "POST", f"{_V4}/posts/{post_id}/pin")

    async def write_to(self, by: str, other: str, *messages: str) -> None:
        """Direct messages, one after the other, each by the other side."""
        pair = [self._ids[by], self._ids[other]]
        name = f"@{by}-{other}"
        self._channels[name] = (await self.ask(by, "POST", f"{_V4}/channels/direct", pair))["id"]
        for number, message in enumerate(messages):
            await self.say((by, other)[number % 2], name, message)

    async def keep_playbook(
        self, by: str, content: dict[str, Any], *, members: tuple[str, ...], broadcast: str = ""
    ) -> str:
        """Make a playbook; gives its id."""
        wanted = {
            **content,
            "team_id": self.team_id,
            "member_ids": [self._ids[username] for username in members],
            "broadcast_channel_id": self._channels[broadcast] if broadcast else "",
        }
        return (await self.ask(by, "POST", f"{_V0}/playbooks", wanted))["id"]

    async def start(self, by: str, name: str, description: str, playbook_id: str, *members: str) -> Running:
        """Start an incident that `by` leads, and call people in."""
        wanted = {
            "name": name,
            "description": description,
            "team_id": self.team_id,
            "commander_user_id": self._ids[by],
            "playbook_id": playbook_id,
        }
        incident = await self.ask(by, "POST", f"{_V0}/incidents", wanted)
        self._channels[name] = incident["channel_id"]
        for member in members:
            self.clock.let_pass(minutes=0.4)
            await self.join(name, member, by=by)
        places = {
            task["title"]: (stage_position, task_position)
            for stage_position, stage in enumerate(incident["checklists"])
            for task_position, task in enumerate(stage["items"])
        }
        return Running(id=incident["id"], channel=name, places=places)

    async def tick(self, by: str, incident: Running, task: str, *, after: float = 1) -> None:
        """Tick a task off."""
        await self._change_task(by, incident, task, "state", {"new_state": "closed"}, after)

    async def assign(
        self, by: str, incident: Running, task: str, assignee: str, *, after: float = 0.5
    ) -> None:
        """Give a task to somebody."""
        body = {"assignee_id": self._ids[assignee]}
        await self._change_task(by, incident, task, "assignee", body, after)

    async def _change_task(
        self, by: str, incident: Running, task: str, part: str, body: object, after: float
    ) -> None:
        self.clock.let_pass(minutes=after)
        stage, position = incident.places[task]
        path = f"{_V0}/incidents/{incident.id}/checklists/{stage}/item/{position}/{part}"
        await self.ask(by, "PUT", path, body)

    async def update(
        self, by: str, incident: Running, message: str, *, remind_after_s: int = 0, after: float = 1
    ) -> None:
        """Give a status update."""
        self.clock.let_pass(minutes=after)
        submission = {"message": message, "reminder": str(remind_after_s)}
        body = {
            "user_id": self._ids[by],
            "channel_id": self._channels[incident.channel],
            "submission": submission,
        }
        await self.ask(by, "POST", f"{_V0}/incidents/{incident.id}/update-status-dialog", body)

    async def go_on_to(self, by: str, incident: Running, stage: int, *, after: float = 0.5) -> None:
        """Make another stage the active one."""
        self.clock.let_pass(minutes=after)
        await self.ask(by, "PATCH", f"{_V0}/incidents/{incident.id}", {"active_stage": stage})

    async def hand_over(self, by: str, incident: Running, commander: str, *, after: float = 1) -> None:
        """Let somebody else lead."""
        self.clock.let_pass(minutes=after)
        body = {"commander_id": self._ids[commander]}
        await self.ask(by, "POST", f"{_V0}/incidents/{incident.id}/commander", body)

    async def end(self, by: str, incident: Running, *, after: float = 2) -> None:
        """End an incident."""
        self.clock.let_pass(minutes=after)
        await self.ask(by, "PUT", f"{_V0}/incidents/{incident.id}/end")

    async def go_home(self) -> None:
        """Everybody logs out: visitors find no sessions but their own."""
        for username in self._tokens:
            await self.ask(username, "POST", f"{_V4}/users/logout")
