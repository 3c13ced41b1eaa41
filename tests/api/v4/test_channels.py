"""Channels over REST v4: made, found, changed, archived, restored."""

from commandpost.workspace.actions import channel_lists
from commandpost.workspace.model.team import Team
from commandpost.workspace.model.who import Who
from tests.support.people import Person, Room


async def test_a_new_team_has_its_default_channels_with_its_members_in_them(
    room: Room, ana: Person, team: Team
) -> None:
    who = Who(user_id=ana.id, username=ana.username, roles=frozenset({"system_user"}))

    async with room.desks.reading() as desk:
        mine = await channel_lists.of_user_in_team(desk, who, ana.id, team.id)

    assert [channel.name for channel in mine] == ["off-topic", "town-square"]
