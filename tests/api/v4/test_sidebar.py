"""Sidebar categories over REST v4."""

import asyncio
from typing import Any

import pytest

from commandpost.workspace.model.team import Team
from tests.support.channels import Told, a_channel
from tests.support.people import Person, Room


def base(person: Person, team: Team) -> str:
    return f"/users/{person.id}/teams/{team.id}/channels/categories"


async def names(person: Person, team: Team) -> list[str]:
    answer = await person.get(base(person, team))
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["order"] == [category["id"] for category in found["categories"]]
    return [category["display_name"] for category in found["categories"]]


async def a_category(person: Person, team: Team, name: str, *channels: dict[str, Any]) -> dict[str, Any]:
    wanted = {
        "user_id": person.id,
        "team_id": team.id,
        "display_name": name,
        "channel_ids": [channel["id"] for channel in channels],
    }
    answer = await person.post(base(person, team), wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_everybody_has_three_categories_to_begin_with(ana: Person, ben: Person, team: Team) -> None:
    channel = await a_channel(ana, team, "alpha")
    direct = (await ana.post("/channels/direct", [ana.id, ben.id])).json()
    default = {c["name"]: c["id"] for c in (await ana.get(f"/users/me/teams/{team.id}/channels")).json()}

    found = (await ana.get(base(ana, team))).json()

    assert found["order"] == [
        f"{kind}_{ana.id}_{team.id}" for kind in ("favorites", "channels", "direct_messages")
    ]
    assert found["categories"][1] == {
        "id": f"channels_{ana.id}_{team.id}",
        "user_id": ana.id,
        "team_id": team.id,
        "sort_order": 10,
        "sorting": "",
        "type": "channels",
        "display_name": "Channels",
        "muted": False,
        "collapsed": False,
        "channel_ids": [channel["id"], default["off-topic"], default["town-square"]],
    }
    assert found["categories"][0]["channel_ids"] == []
    assert found["categories"][2]["channel_ids"] == [direct["id"]]
    assert (await ana.get(f"{base(ana, team)}/order")).json() == found["order"]


async def test_a_new_category_stands_after_the_favorites_and_takes_its_channels(
    ana: Person, team: Team, told: Told
) -> None:
    alpha, beta = await a_channel(ana, team, "alpha"), await a_channel(ana, team, "beta")

    made = await a_category(ana, team, "Urgent", beta, alpha)
    await a_category(ana, team, "Later", alpha)

    assert made["channel_ids"] == [beta["id"], alpha["id"]]
    assert await names(ana, team) == ["Favorites", "Later", "Urgent", "Channels", "Direct Messages"]
    now = (await ana.get(f"{base(ana, team)}/{made['id']}")).json()
    assert now["channel_ids"] == [beta["id"]]
    _, data, broadcast = told.events("sidebar_category_created")[0]
    assert (data, broadcast["user_id"]) == ({"category_id": made["id"]}, ana.id)


async def test_a_drag_from_one_category_to_another_keeps_its_place(
    ana: Person, team: Team, told: Told
) -> None:
    alpha, beta = await a_channel(ana, team, "alpha"), await a_channel(ana, team, "beta")
    urgent = await a_category(ana, team, "Urgent", alpha)
    channels = (await ana.get(f"{base(ana, team)}/channels_{ana.id}_{team.id}")).json()

    moved = await ana.put(
        base(ana, team),
        [
            urgent | {"channel_ids": [], "collapsed": True, "sorting": "manual"},
            channels | {"channel_ids": [*channels["channel_ids"], alpha["id"]]},
        ],
    )

    assert moved.json()[0] == urgent | {"channel_ids": [], "collapsed": True, "sorting": "manual"}
    assert moved.json()[1]["channel_ids"] == [*channels["channel_ids"], alpha["id"]]
    assert channels["channel_ids"][0] == beta["id"]
    assert (await ana.get(f"{base(ana, team)}/{urgent['id']}")).json()["collapsed"] is True
    assert len(told.events("sidebar_category_updated")) == 1


async def test_built_in_categories_keep_their_names_and_kinds_of_channels(
    ana: Person, ben: Person, team: Team
) -> None:
    alpha = await a_channel(ana, team, "alpha")
    direct = (await ana.post("/channels/direct", [ana.id, ben.id])).json()
    bens = await a_channel(ben, team, "bens")
    both = [alpha["id"], direct["id"], bens["id"]]

    async def changed(kind: str) -> dict[str, Any]:
        path = f"{base(ana, team)}/{kind}_{ana.id}_{team.id}"
        return (await ana.put(path, {"display_name": "X", "channel_ids": both})).json()

    assert (await changed("direct_messages"))["channel_ids"] == [direct["id"]]
    assert (await changed("favorites"))["channel_ids"] == [alpha["id"], direct["id"]]
    assert (await changed("favorites"))["display_name"] == "Favorites"
    assert alpha["id"] in (await changed("channels"))["channel_ids"]


async def test_the_order_is_kept_and_names_every_category(ana: Person, team: Team, told: Told) -> None:
    urgent = await a_category(ana, team, "Urgent")
    order = (await ana.get(f"{base(ana, team)}/order")).json()
    wanted = [*reversed(order)]

    set_order = await ana.put(f"{base(ana, team)}/order", wanted)
    missing = await ana.put(f"{base(ana, team)}/order", [urgent["id"]])
    twice = await ana.put(f"{base(ana, team)}/order", [urgent["id"], *order])

    assert set_order.json() == wanted
    assert await names(ana, team) == ["Direct Messages", "Channels", "Urgent", "Favorites"]
    assert missing.status_code == twice.status_code == 400
    assert told.events("sidebar_category_order_updated")[0][1] == {"order": wanted}


async def test_only_custom_categories_are_deleted_and_their_channels_fall_back(
    ana: Person, team: Team, told: Told
) -> None:
    alpha = await a_channel(ana, team, "alpha")
    urgent = await a_category(ana, team, "Urgent", alpha)

    done = await ana.delete(f"{base(ana, team)}/{urgent['id']}")
    built_in = await ana.delete(f"{base(ana, team)}/favorites_{ana.id}_{team.id}")

    assert done.json() == {"status": "OK"}
    assert built_in.status_code == 400
    channels = (await ana.get(f"{base(ana, team)}/channels_{ana.id}_{team.id}")).json()
    assert alpha["id"] in channels["channel_ids"]
    assert (await ana.delete(f"{base(ana, team)}/{urgent['id']}")).status_code == 404
    assert [data for _, data, _ in told.events("sidebar_category_deleted")] == [{"category_id": urgent["id"]}]


async def test_channels_follow_a_category_into_silence_and_out_of_it(ana: Person, team: Team) -> None:
    alpha = await a_channel(ana, team, "alpha")
    urgent = await a_category(ana, team, "Urgent", alpha)
    path = f"{base(ana, team)}/{urgent['id']}"

    async def mark_unread() -> str:
        member = (await ana.get(f"/channels/{alpha['id']}/members/me")).json()
        return member["notify_props"]["mark_unread"]

    await ana.put(path, {"muted": True})
    assert await mark_unread() == "mention"
    await ana.put(path, {"channel_ids": []})
    assert await mark_unread() == "all"


async def test_a_channel_left_is_no_longer_placed(ana: Person, ben: Person, team: Team) -> None:
    alpha = await a_channel(ana, team, "alpha", ben)
    urgent = await a_category(ben, team, "Urgent", alpha)
    await ben.delete(f"/channels/{alpha['id']}/members/me")

    await ben.post(f"/channels/{alpha['id']}/members", {"user_id": ben.id})

    assert (await ben.get(f"{base(ben, team)}/{urgent['id']}")).json()["channel_ids"] == []


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("post", "", {"display_name": ""}, 400),
        ("post", "", {"display_name": "x" * 65}, 400),
        ("post", "", {"display_name": "a", "sorting": "sideways"}, 400),
        ("put", "", [], 400),
        ("put", "", [{"id": "nothing"}], 404),
        ("put", "", [{"display_name": "a"}], 404),
        ("put", "/nothing", {"display_name": "a"}, 404),
        ("put", "/no.thing", {"display_name": "a"}, 400),
        ("put", "/order", ["x"], 400),
    ],
)
async def test_bad_categories_are_refused(
    ana: Person, team: Team, method: str, path: str, body: Any, status: int
) -> None:
    answer = await getattr(ana, method)(f"{base(ana, team)}{path}", body)

    assert answer.status_code == status, answer.text
    assert await names(ana, team) == ["Favorites", "Channels", "Direct Messages"]


async def test_a_sidebar_is_its_users_own(
    admin: Person, ana: Person, ben: Person, room: Room, team: Team
) -> None:
    elsewhere = await room.team("elsewhere", admin)

    assert (await ben.get(base(ana, team))).status_code == 403
    assert (await admin.get(base(ana, team))).status_code == 200
    assert (await ana.get(base(ana, elsewhere))).status_code == 403


async def test_categories_made_at_once_are_all_there(ana: Person, team: Team) -> None:
    wanted = [f"Category {number}" for number in range(8)]

    await asyncio.gather(*(a_category(ana, team, name) for name in wanted))

    found = await names(ana, team)
    assert sorted(found[1:-2]) == wanted
    assert (found[0], *found[-2:]) == ("Favorites", "Channels", "Direct Messages")
