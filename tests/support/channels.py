"""Channels for tests: made through the doors, and what listeners are told of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest

from commandpost.api.live import Announcer
from commandpost.api.v4.live import TRANSLATORS
from commandpost.db import Sql
from commandpost.live.event import Frame
from commandpost.live.message import Message
from commandpost.workspace.model.team import Team
from tests.support.people import Person, Room

_SYSTEM_POSTS = Sql(
    "SELECT type, message, props FROM posts WHERE channel_id = :channel_id AND type <> '' ORDER BY seq"
)


async def a_channel(
    creator: Person, team: Team, name: str = "servers", *members: Person, **fields: Any
) -> dict[str, Any]:
    """A public channel (unless `type` says P) with its creator and some members in it."""
    wanted = {"team_id": team.id, "name": name, "display_name": name.title(), "type": "O", **fields}
    answer = await creator.post("/channels", wanted)
    assert answer.status_code == 201, answer.text
    channel: dict[str, Any] = answer.json()
    for member in members:
        await added(creator, channel, member)
    return channel


async def added(by: Person, channel: dict[str, Any], member: Person) -> dict[str, Any]:
    """Somebody added to a channel by a member of it."""
    answer = await by.post(f"/channels/{channel['id']}/members", {"user_id": member.id})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def system_posts(room: Room, channel_id: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Type, message and props of the posts in a channel that have a type, oldest first."""
    async with room.desks.reading() as desk:
        rows = await desk.work.all(_SYSTEM_POSTS, channel_id=channel_id)
    return [(row["type"], row["message"], msgspec.json.decode(row["props"])) for row in rows]


@dataclass
class Told:
    """What listeners have been told so far, in order."""

    messages: list[Message] = field(default_factory=list[Message])

    def clear(self) -> None:
        self.messages.clear()

    def events(self, *names: str) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
        """Name, data and broadcast of the events so far; only of those names, if any are given."""
        frames = [
            msgspec.json.decode(message.numbered(0))
            for message in self.messages
            if isinstance(message, Frame)
        ]
        return [
            (frame["event"], frame["data"], frame["broadcast"])
            for frame in frames
            if not names or frame["event"] in names
        ]


@pytest.fixture
def told(room: Room) -> Told:
    """Records what listeners are told from here on."""
    record = Told()

    def publish(messages: Sequence[Message]) -> None:
        record.messages.extend(messages)

    room.desks.database.teller = Announcer(TRANSLATORS, publish)
    return record
