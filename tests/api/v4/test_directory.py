"""Lists of users over REST v4: paged, searched, offered while typing."""

import pytest

from commandpost.workspace.model.team import Team
from tests.support.people import Person, Room

BOTS = ("incident", "channelexport")


def names(answer: object) -> list[str]:
    """The usernames in an answer, in its order, but for the product's own bot."""
    return [user["username"] for user in answer.json() if user["username"] not in BOTS]  # type: ignore[attr-defined]


async def test_users_are_listed_by_username_page_by_page(admin: Person, ana: Person, ben: Person) -> None:
    first = await ana.get("/users?per_page=2")
    second = await ana.get("/users?page=1&per_page=2")
    nonsense = await ana.get("/users?page=-1&per_page=x")

    assert names(first) == ["admin", "ana"]
    assert names(second) == ["ben"]
    assert names(nonsense) == ["admin", "ana", "ben"]


async def test_users_are_listed_by_team(room: Room, admin: Person, team: Team) -> None:
    cleo = await room.person("cleo")

    assert names(await admin.get(f"/users?in_team={team.id}")) == ["admin", "ana", "ben"]
    assert names(await admin.get(f"/users?not_in_team={team.id}")) == ["cleo"]
    assert names(await cleo.get("/users?without_team=true")) == ["cleo"]
    refused = await cleo.get(f"/users?in_team={team.id}")
    assert refused.status_code == 403


async def test_users_are_listed_by_channel(admin: Person, ana: Person, ben: Person, team: Team) -> None:
    made = await ana.post(
        "/channels", {"team_id": team.id, "name": "war", "display_name": "War", "type": "P"}
    )
    channel_id = made.json()["id"]

    inside = await ana.get(f"/users?in_channel={channel_id}")
    by_status = await ana.get(f"/users?in_channel={channel_id}&sort=status")
    by_admin = await ana.get(f"/users?in_channel={channel_id}&sort=admin")
    outside = await ana.get(f"/users?not_in_channel={channel_id}&in_team={team.id}")
    without_team = await ana.get(f"/users?not_in_channel={channel_id}")
    refused = await ben.get(f"/users?in_channel={channel_id}")

    assert names(inside) == names(by_status) == names(by_admin) == ["ana"]
    assert names(outside) == ["admin", "ben"]
    assert without_team.status_code == 400
    assert refused.status_code == 403


async def test_lists_are_narrowed_by_role_and_activity(admin: Person, ana: Person, ben: Person) -> None:
    await admin.delete(f"/users/{ben.id}")

    assert names(await ana.get("/users?role=system_admin")) == ["admin"]
    assert names(await ana.get("/users?active=true")) == ["admin", "ana"]
    assert names(await ana.get("/users?inactive=true")) == ["ben"]
    assert (await ana.get("/users/stats")).json() == {"total_users_count": 2 + len(BOTS)}


async def test_the_newest_and_the_last_active_of_a_team_come_first(
    room: Room, admin: Person, ana: Person, team: Team
) -> None:
    room.clock.turn(seconds=1)
    cleo = await room.person("cleo")
    await admin.post(f"/teams/{team.id}/members", {"team_id": team.id, "user_id": cleo.id})
    await ana.put("/users/me/status", {"status": "online"})

    assert names(await ana.get(f"/users?in_team={team.id}&sort=create_at"))[0] == "cleo"
    assert names(await ana.get(f"/users?in_team={team.id}&sort=last_activity_at"))[0] == "ana"


@pytest.mark.parametrize("query", ["sort=nonsense", "sort=create_at", "sort=status", "in_team=short"])
async def test_lists_that_make_no_sense_are_refused(ana: Person, query: str) -> None:
    answer = await ana.get(f"/users?{query}")

    assert (answer.status_code, answer.json()["id"]) == (400, "api.context.invalid_url_param.app_error")


async def test_search_finds_beginnings_of_names_in_any_script(ana: Person, ben: Person) -> None:
    await ben.put("/users/me/patch", {"first_name": "Zoë", "last_name": "ÅNGSTRÖM", "nickname": "50%_off"})

    for term in ("ben", "@be", "zoë", "ångs", "Zoë ångström", "50%"):
        assert names(await ana.post("/users/search", {"term": term})) == ["ben"], term
    for term in ("en", "ngs", "%", "_", "zoë nobody"):
        assert names(await ana.post("/users/search", {"term": term})) == [], term


async def test_only_administrators_search_by_address(admin: Person, ana: Person, ben: Person) -> None:
    term = {"term": "ben@example"}

    assert names(await admin.post("/users/search", term)) == ["ben"]
    assert names(await ana.post("/users/search", term)) == []


async def test_search_leaves_out_the_inactive_unless_asked(admin: Person, ana: Person, ben: Person) -> None:
    await admin.delete(f"/users/{ben.id}")

    assert names(await ana.post("/users/search", {"term": "ben"})) == []
    assert names(await ana.post("/users/search", {"term": "ben", "allow_inactive": True})) == ["ben"]


@pytest.mark.parametrize("body", [{"term": ""}, {"term": "a", "limit": 0}, {"term": "a", "team_id": "x"}, {}])
async def test_a_search_that_makes_no_sense_is_refused(ana: Person, body: dict[str, object]) -> None:
    answer = await ana.post("/users/search", body)

    assert (answer.status_code, answer.json()["id"]) == (400, "api.context.invalid_body_param.app_error")


async def test_names_are_offered_in_a_channel_and_beside_it(ana: Person, ben: Person, team: Team) -> None:
    made = await ana.post(
        "/channels", {"team_id": team.id, "name": "war", "display_name": "War", "type": "O"}
    )
    channel_id = made.json()["id"]

    in_channel = (await ana.get(f"/users/autocomplete?in_team={team.id}&in_channel={channel_id}")).json()
    in_team = (await ana.get(f"/users/autocomplete?in_team={team.id}&name=b")).json()
    limited = (await ana.get(f"/users/autocomplete?in_team={team.id}&limit=1")).json()

    assert [user["username"] for user in in_channel["users"]] == ["ana"]
    assert [user["username"] for user in in_channel["out_of_channel"]] == ["admin", "ben"]
    assert [user["username"] for user in in_team["users"]] == ["ben"]
    assert in_team["out_of_channel"] == []
    assert len(limited["users"]) == 1


async def test_known_are_those_who_share_a_channel(ana: Person, ben: Person, guest: Person) -> None:
    assert (await ana.get("/users/known")).json() == []

    await ana.post("/channels/direct", [ana.id, ben.id])

    assert (await ana.get("/users/known")).json() == [ben.id]


async def test_members_of_group_channels_are_told_to_members(
    admin: Person, ana: Person, ben: Person, guest: Person
) -> None:
    made = await ana.post("/channels/group", [admin.id, ben.id])
    channel_id = made.json()["id"]

    by_ana = (await ana.post("/users/group_channels", [channel_id])).json()
    by_guest = (await guest.post("/users/group_channels", [channel_id])).json()

    assert [user["username"] for user in by_ana[channel_id]] == ["admin", "ben"]
    assert by_guest == {}


async def test_guests_do_not_count_users(guest: Person) -> None:
    assert (await guest.get("/users/stats")).status_code == 403


async def test_the_products_bots_are_bots_everywhere_and_in_no_team(
    admin: Person, ana: Person, ben: Person, team: Team
) -> None:
    bots = {bot["username"]: bot for bot in (await admin.get("/bots")).json()}
    users = {user["username"]: user for user in (await ana.get("/users")).json()}
    offered = await ana.get(f"/users/autocomplete?in_team={team.id}&name=")
    found = await ana.post("/users/search", {"term": "channelexport"})

    assert set(bots) == set(BOTS)
    assert all(bot["owner_id"].startswith("com.mattermost.plugin-") for bot in bots.values())
    assert {name for name, user in users.items() if user.get("is_bot")} == set(BOTS)
    assert (await ana.get("/users/stats")).json() == {"total_users_count": len(users)}
    assert (await ana.get("/bots")).json() == []
    assert (await ana.get(f"/teams/{team.id}/stats")).json()["total_member_count"] == 3
    assert [user["username"] for user in offered.json()["users"]] == ["admin", "ana", "ben"]
    assert [user["username"] for user in found.json()] == ["channelexport"]
