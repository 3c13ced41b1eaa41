"""What is unread of channels, over REST v4."""

from typing import Any

from commandpost.workspace.model.team import Team
from tests.support.channels import Told, a_channel
from tests.support.people import Person


async def post(person: Person, channel: dict[str, Any], message: str) -> None:
    answer = await person.post("/posts", {"channel_id": channel["id"], "message": message})
    assert answer.status_code == 201, answer.text


async def unread(person: Person, channel: dict[str, Any]) -> tuple[int, int]:
    found = (await person.get(f"/users/me/channels/{channel['id']}/unread")).json()
    return found["msg_count"], found["mention_count"]


async def test_posts_are_unread_until_the_channel_is_viewed(
    ana: Person, ben: Person, team: Team, told: Told
) -> None:
    channel = await a_channel(ana, team, "servers", ben)
    await ben.post("/channels/members/me/view", {"channel_id": channel["id"]})
    await post(ana, channel, "down")
    await post(ana, channel, "@ben look")
    assert await unread(ben, channel) == (2, 1)
    assert await unread(ana, channel) == (0, 0)
    told.clear()

    viewed = await ben.post("/channels/members/me/view", {"channel_id": channel["id"], "prev_channel_id": ""})

    last_post_at = (await ben.get(f"/channels/{channel['id']}")).json()["last_post_at"]
    assert viewed.json() == {"status": "OK", "last_viewed_at_times": {channel["id"]: last_post_at}}
    assert await unread(ben, channel) == (0, 0)
    assert told.events() == [
        (
            "channel_viewed",
            {"channel_id": channel["id"]},
            {"omit_users": None, "user_id": ben.id, "channel_id": "", "team_id": ""},
        ),
        (
            "multiple_channels_viewed",
            {"channel_times": {channel["id"]: last_post_at}},
            {"omit_users": None, "user_id": ben.id, "channel_id": "", "team_id": ""},
        ),
    ]


async def test_the_channel_before_is_viewed_too(ana: Person, ben: Person, team: Team) -> None:
    one, two = await a_channel(ana, team, "one", ben), await a_channel(ana, team, "two", ben)
    for channel in (one, two):
        await post(ana, channel, "hello")

    await ben.post("/channels/members/me/view", {"channel_id": one["id"], "prev_channel_id": two["id"]})

    assert await unread(ben, one) == await unread(ben, two) == (0, 0)


async def test_looking_at_no_channel_is_fine(ana: Person, team: Team) -> None:
    answer = await ana.post("/channels/members/me/view", {"channel_id": ""})

    assert answer.json() == {"status": "OK", "last_viewed_at_times": {}}


async def test_several_channels_are_marked_as_read(ana: Person, ben: Person, team: Team) -> None:
    channel = await a_channel(ana, team, "servers", ben)
    foreign = await a_channel(ana, team, "foreign")
    await post(ana, channel, "hello")

    answer = await ben.post("/channels/members/me/mark_read", [channel["id"], foreign["id"]])

    assert list(answer.json()["last_viewed_at_times"]) == [channel["id"]]
    assert await unread(ben, channel) == (0, 0)


async def test_a_muted_channel_is_unread_by_mentions_only(ana: Person, ben: Person, team: Team) -> None:
    channel = await a_channel(ana, team, "servers", ben)
    await ben.post("/channels/members/me/view", {"channel_id": channel["id"]})
    await ben.put(f"/channels/{channel['id']}/members/me/notify_props", {"mark_unread": "mention"})
    await post(ana, channel, "hello")
    await post(ana, channel, "@ben hello")

    assert await unread(ben, channel) == (0, 1)


async def test_what_others_have_read_is_not_ones_business(ana: Person, ben: Person, team: Team) -> None:
    channel = await a_channel(ana, team)

    assert (
        await ben.post(f"/channels/members/{ana.id}/view", {"channel_id": channel["id"]})
    ).status_code == 403
    assert (await ben.get(f"/users/{ana.id}/channels/{channel['id']}/unread")).status_code == 403
    assert (await ben.get(f"/users/me/channels/{channel['id']}/unread")).status_code == 403
    assert (await ben.post("/channels/members/me/view", {"channel_id": "x"})).status_code == 400
    assert (await ben.post("/channels/members/me/mark_read", [])).status_code == 400
