"""What the core may expect of any chat: the same of the chat of our own and of an attached Mattermost."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest

from commandpost.incidents.ports import (
    ChannelNameInvalid,
    ChannelNameTaken,
    ChannelType,
    Desk,
    Desks,
    NewChannel,
)
from commandpost.kernel.errors import Forbidden
from commandpost.kernel.ids import new_id
from tests.support.attached import Attached
from tests.support.faults import Between, Moods
from tests.support.people import Person, Room
from tests.support.served import signed_up

Done = TypeVar("Done")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A chat with a team: Ana is in it, Eve is not."""

    desks: Desks
    team_id: str
    ana_id: str
    ana_name: str
    eve_id: str
    posts: Callable[[str], Awaitable[list[dict[str, Any]]]]

    async def do(self, deed: Callable[[Desk], Awaitable[Done]]) -> Done:
        """One unit of work."""

        async def whole() -> Done:
            async with self.desks.writing() as desk:
                return await deed(desk)

        return await self.desks.repeated(whole)

    async def channel(self, *, name: str = "", type: ChannelType = ChannelType.PRIVATE) -> str:
        """A channel made as for an incident, with Ana in it."""
        name = name or f"outage-{new_id()[:8]}"
        new = NewChannel(
            team_id=self.team_id, type=type, name=name, display_name="Outage", header="It is down"
        )

        async def made(desk: Desk) -> str:
            channel = await desk.chat.create_channel(new)
            await desk.chat.add_member(channel.id, self.ana_id)
            return channel.id

        return await self.do(made)


class Contract:
    """The expectations; a subclass says which chat."""

    async def test_people_and_teams_are_found_and_seen_by_their_members_alone(self, house: House) -> None:
        nobody = new_id()

        async def asked(desk: Desk) -> tuple[object, ...]:
            chat = desk.chat
            ana, named = await chat.user(house.ana_id), await chat.user_named(house.ana_name)
            return (
                ana and ana.username,
                named and named.id,
                await chat.user(nobody),
                await chat.usernames({house.ana_id}),
                await chat.sees_team(house.ana_id, house.team_id),
                await chat.sees_team(house.eve_id, house.team_id),
                await chat.team(nobody),
            )

        assert await house.do(asked) == (
            house.ana_name,
            house.ana_id,
            None,
            {house.ana_id: house.ana_name},
            True,
            False,
            None,
        )

    async def test_a_channel_is_for_its_members_and_its_name_is_taken(self, house: House) -> None:
        name = f"outage-{new_id()[:8]}"
        channel_id = await house.channel(name=name)
        await house.posts(channel_id)

        async def rights(desk: Desk) -> list[bool]:
            chat, asked = desk.chat, (house.ana_id, house.eve_id)
            reading = [await chat.reads_channel(one, channel_id) for one in asked]
            return reading + [await chat.may_post(one, channel_id) for one in asked]

        assert await house.do(rights) == [True, False, True, False]
        with pytest.raises(ChannelNameTaken):
            await house.channel(name=name)
        with pytest.raises(ChannelNameInvalid):
            await house.channel(name="Not A Name!")

    async def test_the_bot_posts_and_deletes_what_it_posted(self, house: House) -> None:
        channel_id = await house.channel()
        first = await house.do(lambda desk: desk.chat.post_as_bot(channel_id, "First."))
        await house.do(lambda desk: desk.chat.post_as_bot(channel_id, "Second."))
        before = [one["message"] for one in await house.posts(channel_id)]
        ids = [one["id"] for one in await house.posts(channel_id)]
        gone = next(one["id"] for one in await house.posts(channel_id) if one["message"] == first.message)
        said = await house.do(lambda desk: desk.chat.texts(ids))

        await house.do(lambda desk: desk.chat.delete_post(gone))

        assert before == ["First.", "Second."]
        assert [one["message"] for one in await house.posts(channel_id)] == ["Second."]
        assert said == dict(zip(ids, before, strict=True))
        assert list((await house.do(lambda desk: desk.chat.texts(ids))).values()) == ["Second."]

    async def test_nobody_posts_where_they_may_not(self, house: House) -> None:
        channel_id = await house.channel()
        await house.posts(channel_id)

        await house.do(lambda desk: desk.chat.post_as(house.ana_id, channel_id, "All quiet."))
        with pytest.raises(Forbidden):
            await house.do(lambda desk: desk.chat.post_as(house.eve_id, channel_id, "Let me in."))

        [only] = await house.posts(channel_id)
        assert "All quiet." in only["message"]


class TestEmbedded(Contract):
    @pytest.fixture
    async def house(self, room: Room, admin: Person, ana: Person) -> House:
        eve = await room.person("eve")
        team = await room.team(f"team-{new_id()[:8]}", admin, ana)

        async def posts(channel_id: str) -> list[dict[str, Any]]:
            listed = (await admin.get(f"/channels/{channel_id}/posts")).json()
            found = [listed["posts"][one] for one in reversed(listed["order"])]
            return [one for one in found if not one["type"].startswith("system_")]

        return House(
            desks=room.app.state.incident_desks_of_nobody,
            team_id=team.id,
            ana_id=ana.id,
            ana_name=ana.username,
            eve_id=eve.id,
            posts=posts,
        )


class TestAttached(Contract):
    @pytest.fixture
    async def house(self, attached: Attached) -> House:
        return house_of(attached)


class TestAttachedToOneInManyMoods(Contract):
    """The same, while calls are lost, cut off, broken, too many or slow, and all is of a later version."""

    @pytest.fixture
    def mattermost_url(self, between: Between) -> str:
        return between.url

    @pytest.fixture
    async def house(self, attached: Attached, between: Between) -> House:
        await attached.listening()
        moods = Moods()
        between.fault, between.tamper = moods.of_call, moods.of_event
        return house_of(attached)


def house_of(attached: Attached) -> House:
    ana = attached.person("ana")
    eve = signed_up(attached.town.server, f"eve{new_id()[:8]}", by=attached.town.admin.token)

    async def posts(channel_id: str) -> list[dict[str, Any]]:
        await attached.delivered()
        return attached.posts(channel_id)

    return House(
        desks=attached.app.state.incident_desks_of_nobody,
        team_id=attached.team_id,
        ana_id=ana.id,
        ana_name=ana.username,
        eve_id=eve.id,
        posts=posts,
    )
