"""A channel to talk in: Ana, who made it, and Ben are its members; the administrator and others are not."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from commandpost.workspace.actions import channel_changes, channels, direct_channels
from commandpost.workspace.model.channel import Channel, ChannelType, NewChannel
from commandpost.workspace.model.team import Team
from commandpost.workspace.model.who import Who
from commandpost.workspace.store import channel_members
from commandpost.workspace.store import channels as stored_channels
from tests.support.people import Person, Room


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A channel and what people do in it."""

    room: Room
    team: Team
    channel: Channel

    @property
    def channel_id(self) -> str:
        return self.channel.id

    async def say(self, person: Person, message: str, **more: Any) -> dict[str, Any]:
        """Post, a second later than before; gives the post."""
        self.room.clock.turn(seconds=1)
        answer = await person.post("/posts", {"channel_id": self.channel_id, "message": message, **more})
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def read(self, person: Person, post_id: str) -> dict[str, Any]:
        """A post as somebody sees it."""
        answer = await person.get(f"/posts/{post_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def page(self, person: Person, **query: Any) -> dict[str, Any]:
        """A list of the channel's posts, less the system's own."""
        answer = await person.get(f"/channels/{self.channel_id}/posts", params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def messages(self, person: Person, **query: Any) -> list[str]:
        """What people said, newest first."""
        page = await self.page(person, **query)
        posts = [page["posts"][post_id] for post_id in page["order"]]
        return [post["message"] for post in posts if not post["type"].startswith("system_")]

    async def counters(self, person: Person) -> dict[str, int]:
        """What a member's client shows as unread."""
        async with self.room.desks.reading() as desk:
            channel = await stored_channels.by_id(desk.work, self.channel_id)
            member = await channel_members.member(desk.work, self.channel_id, person.id)
        assert channel is not None
        assert member is not None
        return {
            "unread": channel.total_msg_count - member.msg_count,
            "mentions": member.mention_count,
        }

    async def archive(self, person: Person) -> None:
        """Archive the channel."""
        async with self.room.desks.writing() as desk:
            await channel_changes.archive(desk, who(person), self.channel_id)

    async def another(self, name: str, *members: Person, type: ChannelType = ChannelType.PUBLIC) -> "Talk":
        """A further channel of the team; the first member makes it."""
        return await _talk(self.room, self.team, name, members, type)

    async def direct(self, one: Person, other: Person) -> "Talk":
        """The direct channel of two people."""
        async with self.room.desks.writing() as desk:
            channel = await direct_channels.direct(desk, who(one), (one.id, other.id))
        return replace(self, channel=channel)


def who(person: Person) -> Who:
    """A person as actions know them."""
    return Who(user_id=person.id, username=person.username, roles=frozenset({"system_user"}))


async def _talk(room: Room, team: Team, name: str, members: tuple[Person, ...], type: ChannelType) -> Talk:
    async with room.desks.writing() as desk:
        new = NewChannel(team_id=team.id, name=name, display_name=name.title(), type=type)
        channel = await channels.create(desk, who(members[0]), new)
        for member in members[1:]:
            if type == ChannelType.PUBLIC:
                await channels.join(desk, who(member), channel.id)
            else:
                await channels.add_member(desk, who(members[0]), channel, member.id)
    return Talk(room=room, team=team, channel=channel)


@pytest.fixture
async def talk(room: Room, team: Team, ana: Person, ben: Person) -> Talk:
    return await _talk(room, team, "talk", (ana, ben), ChannelType.PUBLIC)
