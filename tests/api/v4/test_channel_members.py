"""Members of channels over REST v4: joining, adding, leaving, removing, roles, notifications."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import pytest

from commandpost.db import Sql, Work
from commandpost.live.message import JoinedChannel, LeftChannel
from commandpost.workspace.model.channel import Channel
from commandpost.workspace.model.post import Post
from commandpost.workspace.model.team import Team
from tests.support.channels import Told, a_channel, added, system_posts
from tests.support.people import Person, Room

_HISTORY = Sql(
    "SELECT user_id, join_time, leave_time FROM channel_member_history WHERE channel_id = :channel_id"
)


async def join(person: Person, channel: dict[str, Any]) -> Any:
    return await person.post(f"/channels/{channel['id']}/members", {"user_id": person.id})


async def member_ids(person: Person, channel: dict[str, Any]) -> list[str]:
    return [m["user_id"] for m in (await person.get(f"/channels/{channel['id']}/members")).json()]


async def test_a_member_of_the_team_joins_a_public_channel(
    room: Room, ana: Person, ben: Person, team: Team, told: Told
) -> None:
    channel = await a_channel(ana, team)
    told.clear()

    answer = await join(ben, channel)

    assert answer.status_code == 201
    assert answer.json()["roles"] == "channel_user"
    assert (answer.json()["msg_count"], answer.json()["last_viewed_at"]) == (0, 0)
    assert (await system_posts(room, channel["id"]))[-1] == (
        "system_join_channel",
        "ben joined the channel.",
        {"username": "ben"},
    )
    assert told.messages[0] == JoinedChannel(ben.id, channel["id"])
    to_channel = {"omit_users": None, "user_id": "", "channel_id": channel["id"], "team_id": ""}
    assert told.events("user_added") == [("user_added", {"user_id": ben.id, "team_id": team.id}, to_channel)]


async def test_a_member_adds_another(room: Room, ana: Person, ben: Person, team: Team) -> None:
    channel = await a_channel(ana, team)

    await added(ana, channel, ben)

    assert (await system_posts(room, channel["id"]))[-1] == (
        "system_add_to_channel",
        "ben added to the channel by ana.",
        {"addedUserId": ben.id, "addedUsername": "ben", "userId": ana.id, "username": "ana"},
    )
    unread = (await ben.get(f"/users/me/channels/{channel['id']}/unread")).json()
    assert (unread["msg_count"], unread["mention_count"]) == (0, 1)


async def test_adding_twice_is_as_good_as_once(
    room: Room, ana: Person, ben: Person, team: Team, told: Told
) -> None:
    channel = await a_channel(ana, team)
    first = await added(ana, channel, ben)
    told.clear()

    again = await added(ana, channel, ben)

    assert again["user_id"] == first["user_id"]
    assert told.messages == []
    assert len(await system_posts(room, channel["id"])) == 2


async def test_two_people_add_the_same_one_at_once(
    room: Room, admin: Person, ana: Person, ben: Person, team: Team
) -> None:
    channel = await a_channel(ana, team, "servers", admin)

    answers = await asyncio.gather(
        *(by.post(f"/channels/{channel['id']}/members", {"user_id": ben.id}) for by in (ana, admin, ben) * 3)
    )

    assert {answer.status_code for answer in answers} == {201}
    said = [m for _, m, _ in await system_posts(room, channel["id"]) if m.startswith("ben ")]
    assert len(said) == 1


async def test_many_join_leave_and_post_at_once(room: Room, admin: Person, ana: Person, ben: Person) -> None:
    crowd = [await room.person(f"member{number}") for number in range(6)]
    team = await room.team("crowded", admin, ana, *crowd)
    channel = await a_channel(ana, team)

    async def come_and_go(person: Person) -> list[int]:
        joined = await join(person, channel)
        posted = await person.post("/posts", {"channel_id": channel["id"], "message": "@ana hello"})
        left = await person.delete(f"/channels/{channel['id']}/members/me")
        return [joined.status_code, posted.status_code, left.status_code]

    statuses = await asyncio.gather(*(come_and_go(person) for person in crowd))

    assert statuses == [[201, 201, 200]] * 6
    assert await member_ids(ana, channel) == [ana.id]
    assert (await ana.get(f"/channels/{channel['id']}")).json()["total_msg_count"] == 6


async def test_several_are_added_together_or_not_at_all(
    ana: Person, ben: Person, admin: Person, team: Team
) -> None:
    channel = await a_channel(ana, team)
    path = f"/channels/{channel['id']}/members"

    nobody = await ana.post(path, {"user_ids": [ben.id, "x" * 26]})
    alone = await member_ids(ana, channel)
    both = await ana.post(path, {"user_ids": [ben.id, admin.id]})

    assert (nobody.status_code, nobody.json()["id"]) == (404, "app.user.missing_account.const")
    assert alone == [ana.id]
    assert [member["user_id"] for member in both.json()] == [ben.id, admin.id]


async def test_who_may_not_be_added_is_refused(
    room: Room, admin: Person, ana: Person, ben: Person, team: Team
) -> None:
    channel = await a_channel(ana, team, "servers")
    outsider = await room.person("outsider")
    await room.team("elsewhere", admin, outsider)
    path = f"/channels/{channel['id']}/members"
    await admin.delete(f"/users/{ben.id}")

    async def refusal(person: Person, user_id: Any) -> tuple[int, str]:
        answer = await person.post(path, {"user_id": user_id})
        return answer.status_code, answer.json()["id"]

    assert await refusal(ana, outsider.id) == (404, "app.team.get_member.missing.app_error")
    assert await refusal(ana, "x" * 26) == (404, "app.user.missing_account.const")
    assert await refusal(ana, "x") == (400, "api.context.invalid_body_param.app_error")
    assert await refusal(ana, None) == (400, "api.context.invalid_body_param.app_error")
    assert await refusal(outsider, outsider.id) == (403, "api.context.permissions.app_error")
    assert (await refusal(ana, ben.id))[0] == 400


async def test_a_private_channel_is_joined_by_invitation_or_by_administrators(
    admin: Person, ana: Person, ben: Person, team: Team
) -> None:
    channel = await a_channel(ana, team, "secrets", type="P")

    assert (await join(ben, channel)).status_code == 403
    assert (await join(admin, channel)).status_code == 201
    await added(ana, channel, ben)
    assert set(await member_ids(ben, channel)) == {admin.id, ana.id, ben.id}


async def test_only_members_see_members(ana: Person, ben: Person, admin: Person, team: Team) -> None:
    channel = await a_channel(ana, team)
    path = f"/channels/{channel['id']}/members"

    assert (await ben.get(path)).status_code == 403
    assert (await ben.get(f"{path}/{ana.id}")).status_code == 403
    assert (await ben.post(f"{path}/ids", [ana.id])).status_code == 403
    assert (await admin.get(path)).status_code == 200
    missing = await ana.get(f"{path}/{ben.id}")
    assert (missing.status_code, missing.json()["id"]) == (404, "app.channel.get_member.missing.app_error")
    found = await ana.post(f"{path}/ids", [ana.id, ben.id])
    assert [member["user_id"] for member in found.json()] == [ana.id]


async def test_leaving_is_announced_and_remembered(
    room: Room, ana: Person, ben: Person, team: Team, told: Told
) -> None:
    channel = await a_channel(ana, team, "servers", ben)
    told.clear()
    room.clock.turn(seconds=5)

    done = await ben.delete(f"/channels/{channel['id']}/members/me")

    assert done.json() == {"status": "OK"}
    assert (await system_posts(room, channel["id"]))[-1] == (
        "system_leave_channel",
        "ben left the channel.",
        {"username": "ben"},
    )
    assert told.messages[0] == LeftChannel(ben.id, channel["id"])
    assert [(data, b["channel_id"], b["user_id"]) for _, data, b in told.events("user_removed")] == [
        ({"user_id": ben.id, "remover_id": ben.id}, channel["id"], ""),
        ({"channel_id": channel["id"], "remover_id": ben.id}, "", ben.id),
    ]
    async with room.desks.reading() as desk:
        history = [tuple(row) for row in await desk.work.all(_HISTORY, channel_id=channel["id"])]
        assert history == [(ben.id, room.clock.now() - 5000, room.clock.now())]
    assert (await ben.delete(f"/channels/{channel['id']}/members/me")).status_code == 404


async def test_a_member_removes_another_an_outsider_does_not(
    room: Room, admin: Person, ana: Person, ben: Person, team: Team, told: Told
) -> None:
    channel = await a_channel(ana, team, "servers", admin)
    path = f"/channels/{channel['id']}/members"

    assert (await ben.delete(f"{path}/{admin.id}")).status_code == 403
    await added(ana, channel, ben)
    assert (await ben.delete(f"{path}/{ana.id}")).status_code == 200

    assert (await system_posts(room, channel["id"]))[-1] == (
        "system_remove_from_channel",
        "ana removed from the channel.",
        {"removedUserId": ana.id, "removedUsername": "ana"},
    )
    assert ana.id not in await member_ids(ben, channel)
    assert told.events("user_removed")[0][1] == {"user_id": ana.id, "remover_id": ben.id}


async def test_nobody_leaves_town_square_but_guests(
    admin: Person, ana: Person, guest: Person, room: Room
) -> None:
    team = await room.team("visited", admin, ana, guest)
    default = {c["name"]: c for c in (await ana.get(f"/users/me/teams/{team.id}/channels")).json()}
    town_square, off_topic = default["town-square"], default["off-topic"]
    await added(ana, town_square, guest)

    stays = await ana.delete(f"/channels/{town_square['id']}/members/me")

    assert stays.status_code == 400
    assert (await guest.delete(f"/channels/{town_square['id']}/members/me")).status_code == 200
    assert (await ana.delete(f"/channels/{off_topic['id']}/members/me")).status_code == 200


async def test_whoever_leaves_the_team_leaves_its_channels(
    room: Room, ana: Person, ben: Person, admin: Person, team: Team, told: Told
) -> None:
    channel = await a_channel(ana, team, "servers", ben)
    told.clear()

    await ben.delete(f"/teams/{team.id}/members/{ben.id}")

    assert await member_ids(ana, channel) == [ana.id]
    assert (await ben.get("/users/me/channels")).json() == []
    left = [m.channel_id for m in told.messages if isinstance(m, LeftChannel)]
    assert len(left) == 3
    town_square = (await ana.get(f"/teams/{team.id}/channels/name/town-square")).json()
    assert (await system_posts(room, town_square["id"]))[-1][:2] == (
        "system_leave_team",
        "ben left the team.",
    )


async def test_channel_administrators_give_roles(ana: Person, ben: Person, team: Team, told: Told) -> None:
    channel = await a_channel(ana, team, "servers", ben)
    path = f"/channels/{channel['id']}/members/{ben.id}"

    async def roles() -> str:
        return (await ana.get(path)).json()["roles"]

    assert (await ben.put(f"{path}/roles", {"roles": "channel_user channel_admin"})).status_code == 403
    assert (await ana.put(f"{path}/roles", {"roles": "channel_user channel_admin"})).status_code == 200
    assert await roles() == "channel_user channel_admin"
    assert told.events("channel_member_updated")[0][2]["user_id"] == ben.id
    flags = {"scheme_user": True, "scheme_admin": False}
    assert (await ana.put(f"{path}/schemeRoles", flags)).status_code == 200
    assert await roles() == "channel_user"


@pytest.mark.parametrize("roles", ["", "channel_admin", "channel_user system_admin", "channel_guest"])
async def test_bad_roles_are_refused(ana: Person, ben: Person, team: Team, roles: str) -> None:
    channel = await a_channel(ana, team, "servers", ben)

    answer = await ana.put(f"/channels/{channel['id']}/members/{ben.id}/roles", {"roles": roles})

    assert answer.status_code == 400


async def test_what_a_member_is_told_of_is_their_own_choice(
    ana: Person, ben: Person, team: Team, told: Told
) -> None:
    channel = await a_channel(ana, team, "servers", ben)
    path = f"/channels/{channel['id']}/members"

    done = await ana.put(f"{path}/me/notify_props", {"mark_unread": "mention", "channel_id": channel["id"]})

    assert done.json() == {"status": "OK"}
    props = (await ana.get(f"{path}/me")).json()["notify_props"]
    assert (props["mark_unread"], props["desktop"]) == ("mention", "default")
    assert len(told.events("channel_member_updated")) == 1
    assert (await ana.put(f"{path}/me/notify_props", {"desktop": "sometimes"})).status_code == 400
    assert (await ana.put(f"{path}/{ben.id}/notify_props", {"desktop": "all"})).status_code == 403


async def test_memberships_are_listed_per_team_and_everywhere(
    admin: Person, ana: Person, ben: Person, room: Room, team: Team
) -> None:
    channel = await a_channel(ana, team)
    direct = (await ana.post("/channels/direct", [ana.id, ben.id])).json()
    other = await room.team("elsewhere", admin, ana)

    async def ids(path: str) -> set[str]:
        return {member["channel_id"] for member in (await ana.get(path)).json()}

    here = await ids(f"/users/me/teams/{team.id}/channels/members")
    there = await ids(f"/users/me/teams/{other.id}/channels/members")

    assert {channel["id"], direct["id"]} <= here
    assert here & there == {direct["id"]}
    assert await ids("/users/me/channel_members?page=-1") == here | there
    assert len(await ids("/users/me/channel_members?page=0&per_page=2")) == 2
    assert {c["id"] for c in (await ana.get("/users/me/channels")).json()} == here | there
    assert (await ben.get(f"/users/{ana.id}/channel_members")).status_code == 403
    assert (await ben.get(f"/users/{ana.id}/channels")).status_code == 403
    assert (await ben.get(f"/users/{ana.id}/teams/{team.id}/channels")).status_code == 403


async def test_the_time_zones_of_members_are_listed_once(ana: Person, ben: Person, team: Team) -> None:
    channel = await a_channel(ana, team, "servers", ben)
    zone = {"useAutomaticTimezone": "false", "manualTimezone": "Europe/Vienna", "automaticTimezone": ""}
    for person in (ana, ben):
        await person.put(f"/users/{person.id}/patch", {"timezone": zone})

    assert (await ana.get(f"/channels/{channel['id']}/timezones")).json() == ["Europe/Vienna"]


class Observer:
    """Notes who comes and goes."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, str]] = []

    async def about_to_change(self, work: Work, channel_ids: Sequence[str]) -> None: ...

    async def channel_joined(self, work: Work, now: int, channel: Channel, user_id: str, by: str) -> None:
        self.seen.append((f"joined {channel.name}", user_id, by))

    async def channel_left(self, work: Work, now: int, channel: Channel, user_id: str, by: str) -> None:
        self.seen.append((f"left {channel.name}", user_id, by))

    async def post_made(self, work: Work, now: int, channel: Channel, post: Post) -> None: ...

    async def post_edited(self, work: Work, now: int, post: Post, by: str) -> None: ...

    async def post_deleted(self, work: Work, now: int, post: Post, by: str) -> None: ...

    async def channel_converted(self, work: Work, now: int, channel: Channel) -> None: ...

    async def channel_archived(self, work: Work, now: int, channel: Channel, by: str) -> None: ...

    async def presence_changed(self, work: Work, now: int, user_id: str, status: str) -> None: ...


@pytest.fixture
async def observer(room: Room) -> AsyncGenerator[Observer]:
    watching = Observer()
    others, room.desks.observers = room.desks.observers, (watching,)
    yield watching
    room.desks.observers = others


async def test_observers_see_comings_and_goings(
    ana: Person, ben: Person, team: Team, observer: Observer
) -> None:
    channel = await a_channel(ana, team, "servers", ben)
    await ben.delete(f"/channels/{channel['id']}/members/{ana.id}")

    assert observer.seen == [
        ("joined servers", ana.id, ana.id),
        ("joined servers", ben.id, ana.id),
        ("left servers", ana.id, ben.id),
    ]
