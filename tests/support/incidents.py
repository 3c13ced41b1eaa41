"""Incidents for tests of the doors: a team with a playbook, incidents started over REST v0."""

from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from commandpost.workspace.model.team import Team
from tests.support.people import Person, Room

STAGES = [
    {
        "title": "Triage",
        "items": [
            {"title": "Call the **on-call**", "description": "phone"},
            {"title": "Say hello", "command": "/echo hello"},
            {"title": "Look around"},
        ],
    },
    {"title": "Mitigate", "items": [{"title": "Roll back"}]},
    {"title": "Close", "items": []},
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ops:
    """A team in which Ana and Ben have a playbook, and what they do about incidents."""

    room: Room
    team: Team
    ana: Person
    ben: Person

    async def playbook(self, *, by: Person | None = None, **fields: Any) -> str:
        """A playbook of Ana's and Ben's with `STAGES`, for public incidents; gives its id."""
        wanted = {
            "title": "Outage",
            "team_id": self.team.id,
            "create_public_incident": True,
            "checklists": STAGES,
            "member_ids": [self.ana.id, self.ben.id],
            "reminder_message_template": "### Template",
            "reminder_timer_default_seconds": 900,
            **fields,
        }
        answer = await (by or self.ana).v0.post("/playbooks", json=wanted)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    async def incident(
        self, *members: Person, by: Person | None = None, is_private: bool = False, **fields: Any
    ) -> dict[str, Any]:
        """An incident that Ana started and leads, from a playbook of hers unless one is named."""
        starter = by or self.ana
        playbook_id = fields.pop("playbook_id", None)
        if playbook_id is None:
            playbook_id = await self.playbook(create_public_incident=not is_private)
        wanted = {
            "name": "Database is down",
            "team_id": self.team.id,
            "commander_user_id": starter.id,
            "playbook_id": playbook_id,
            **fields,
        }
        answer = await starter.v0.post("/incidents", json=wanted)
        assert answer.status_code == 201, answer.text
        incident: dict[str, Any] = answer.json()
        for member in members:
            await self.add(starter, incident, member)
        return incident

    async def add(self, by: Person, incident: dict[str, Any], member: Person) -> None:
        """Add somebody to an incident's channel."""
        answer = await by.post(f"/channels/{incident['channel_id']}/members", {"user_id": member.id})
        assert answer.status_code == 201, answer.text

    async def seen(self, incident: dict[str, Any], *, by: Person | None = None) -> dict[str, Any]:
        """The incident as it is now."""
        answer = await (by or self.ana).v0.get(f"/incidents/{incident['id']}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def messages(self, incident: dict[str, Any]) -> list[str]:
        """What was said in the incident's channel, oldest first; no system posts."""
        answer = await self.ana.get(f"/channels/{incident['channel_id']}/posts")
        assert answer.status_code == 200, answer.text
        page = answer.json()
        posts = [page["posts"][post_id] for post_id in reversed(page["order"])]
        return [post["message"] for post in posts if not post["type"].startswith("system_")]

    async def do(
        self, who: Person, method: str, incident: dict[str, Any], path: str, json: Any = None
    ) -> httpx.Response:
        """A request below an incident."""
        return await who.v0.request(method, f"/incidents/{incident['id']}{path}", json=json)


@pytest.fixture
async def ops(room: Room, team: Team, ana: Person, ben: Person) -> Ops:
    return Ops(room=room, team=team, ana=ana, ben=ben)
