"""What tests of `/incident` share."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from commandpost.workspace.store import channels as stored
from tests.support.incidents import Ops
from tests.support.listeners import listening
from tests.support.people import Person


@dataclass
class Box:
    """The message box: what is typed there, and what the person who typed it sees."""

    ops: Ops
    lobby: str
    dialogs: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    async def type(
        self, text: str, *, by: Person | None = None, channel_id: str = ""
    ) -> list[dict[str, Any]]:
        """Run a command; gives the ephemeral posts that followed. Dialogs are kept in `dialogs`."""
        person = by or self.ops.ana
        channel_id = channel_id or self.lobby
        client = listening(self.ops.room, person, channel_id)
        wanted = {"command": text, "channel_id": channel_id, "team_id": self.ops.team.id}
        answer = await person.post("/commands/execute", wanted)
        assert answer.status_code == 200, answer.text
        assert (answer.json()["text"], answer.json()["response_type"]) == ("", "")
        assert len(answer.json()["trigger_id"]) == 26
        frames = client.read()
        self.dialogs = [
            json.loads(frame["data"]["dialog"]) for frame in frames if frame["event"] == "open_dialog"
        ]
        posts = [
            json.loads(frame["data"]["post"]) for frame in frames if frame["event"] == "ephemeral_message"
        ]
        for post in posts:
            assert (post["type"], post["channel_id"]) == ("system_ephemeral", channel_id)
        return posts

    async def told(self, text: str, *, by: Person | None = None, channel_id: str = "") -> list[str]:
        """Run a command; gives what the bot told the caller alone."""
        return [post["message"] for post in await self.type(text, by=by, channel_id=channel_id)]


@pytest.fixture
async def box(ops: Ops) -> Box:
    async with ops.room.desks.reading() as desk:
        lobby = await stored.by_name(desk.work, ops.team.id, "town-square")
    assert lobby is not None
    return Box(ops=ops, lobby=lobby.id)
