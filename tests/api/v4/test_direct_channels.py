"""Direct and group channels over REST v4."""

import asyncio
import hashlib

from commandpost.live.message import JoinedChannel
from commandpost.workspace.model.team import Team
from tests.support.channels import Told, a_channel
from tests.support.people import Person, Room


async def test_two_people_have_one_direct_channel(ana: Person, ben: Person, team: Team, told: Told) -> None:
    first = await ana.post("/channels/direct", [ana.id, ben.id])
    again = await ben.post("/channels/direct", [ana.id, ben.id])

    assert first.status_code == again.status_code == 201
    assert first.json()["id"] == again.json()["id"]
    channel = first.json()
    assert (channel["type"], channel["team_id"], channel["display_name"]) == ("D", "", "")
    assert channel["name"] == "__".join(sorted([ana.id, ben.id]))
    assert {JoinedChannel(ana.id, channel["id"]), JoinedChannel(ben.id, channel["id"])} == set(
        told.messages[:2]
    )
    assert [(name, data) for name, data, _ in told.events()] == [
        ("direct_added", {"teammate_id": ben.id, "creator_id": ana.id})
    ]
    assert channel["id"] in [c["id"] for c in (await ben.get(f"/users/me/teams/{team.id}/channels")).json()]


async def test_both_open_it_at_once_and_get_the_same(ana: Person, ben: Person) -> None:
    answers = await asyncio.gather(
        *(person.post("/channels/direct", [ana.id, ben.id]) for person in (ana, ben) * 4)
    )

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_one_may_talk_to_oneself(ana: Person) -> None:
    channel = (await ana.post("/channels/direct", [ana.id, ana.id])).json()

    members = (await ana.get(f"/channels/{channel['id']}/members")).json()
    assert channel["name"] == f"{ana.id}__{ana.id}"
    assert [member["user_id"] for member in members] == [ana.id]


async def test_a_direct_channel_is_for_its_two(admin: Person, ana: Person, ben: Person, team: Team) -> None:
    channel = (await admin.post("/channels/direct", [admin.id, ana.id])).json()
    path = f"/channels/{channel['id']}"

    assert (await ben.get(path)).status_code == 403
    assert (await ana.post("/channels/direct", [admin.id, ben.id])).status_code == 403
    assert (await ana.post("/channels/direct", [ana.id])).status_code == 400
    assert (await ana.post("/channels/direct", [ana.id, "x" * 26])).status_code == 400
    assert (await ana.post("/channels/direct", [ana.id, 7])).status_code == 400
    assert (await admin.post(f"{path}/members", {"user_id": ben.id})).status_code == 400
    assert (await ana.delete(f"{path}/members/me")).status_code == 400
    assert (await ana.delete(path)).status_code == 400
    assert (await ana.put(f"{path}/patch", {"display_name": "Us"})).status_code == 400
    assert (await ana.put(f"{path}/patch", {"header": "Us"})).json()["header"] == "Us"


async def test_a_group_is_its_members_and_the_caller(
    admin: Person, ana: Person, ben: Person, team: Team, told: Told
) -> None:
    made = await ana.post("/channels/group", [admin.id, ben.id])
    again = await ben.post("/channels/group", [ana.id, admin.id, ben.id])

    ids = sorted([admin.id, ana.id, ben.id])
    assert made.status_code == again.status_code == 201
    assert made.json()["id"] == again.json()["id"]
    assert made.json()["type"] == "G"
    assert made.json()["display_name"] == "admin, ana, ben"
    assert made.json()["name"] == hashlib.sha1("".join(ids).encode()).hexdigest()
    assert [name for name, _, _ in told.events()] == ["group_added"]
    assert (await ana.post("/channels/group", [ben.id])).status_code == 400


async def test_a_group_has_at_most_eight(room: Room, ana: Person) -> None:
    others = [(await room.user(f"user{number}")).id for number in range(8)]

    answer = await ana.post("/channels/group", others)

    assert (answer.status_code, answer.json()["id"]) == (400, "api.channel.create_group.bad_size.app_error")
    assert (await ana.post("/channels/group", others[:7])).status_code == 201


async def test_guests_talk_to_whom_they_share_a_channel_with(
    admin: Person, ana: Person, ben: Person, guest: Person, room: Room
) -> None:
    team = await room.team("visited", admin, ana, ben, guest)
    await a_channel(ana, team, "shared", guest)

    assert (await guest.post("/channels/direct", [guest.id, ana.id])).status_code == 201
    assert (await guest.post("/channels/direct", [guest.id, ben.id])).status_code == 403
