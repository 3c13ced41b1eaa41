"""Members of teams over REST v4."""

import asyncio

from commandpost.workspace.model.team import Team
from tests.support.people import Person, Room


async def add(by: Person, team: Team, person: Person) -> int:
    answer = await by.post(f"/teams/{team.id}/members", {"team_id": team.id, "user_id": person.id})
    return answer.status_code


async def test_members_add_others_and_strangers_do_not_get_in(
    room: Room, admin: Person, ana: Person, guest: Person, team: Team
) -> None:
    cleo, dora = await room.person("cleo"), await room.person("dora")

    assert await add(cleo, team, cleo) == 403
    assert await add(cleo, team, dora) == 403
    assert await add(ana, team, cleo) == 201
    assert await add(ana, team, cleo) == 201
    assert await add(admin, team, guest) == 201
    assert await add(guest, team, dora) == 403
    assert (await guest.get(f"/teams/{team.id}/members/me")).json()["roles"] == "team_guest"


async def test_everybody_but_guests_joins_an_open_team(room: Room, admin: Person, guest: Person) -> None:
    answer = await admin.post(
        "/teams", {"name": "open", "display_name": "Open", "type": "O", "allow_open_invite": True}
    )
    team_id = answer.json()["id"]
    cleo = await room.person("cleo")

    joined = await cleo.post(f"/teams/{team_id}/members", {"team_id": team_id, "user_id": cleo.id})
    refused = await guest.post(f"/teams/{team_id}/members", {"team_id": team_id, "user_id": guest.id})

    assert joined.status_code == 201
    assert joined.json()["roles"] == "team_user"
    assert refused.status_code == 403


async def test_a_member_added_by_many_at_once_is_one_member(admin: Person, room: Room, team: Team) -> None:
    cleo = await room.person("cleo")

    answers = await asyncio.gather(*(add(admin, team, cleo) for _ in range(5)))

    assert answers == [201] * 5
    stats = (await admin.get(f"/teams/{team.id}/stats")).json()
    assert stats == {"team_id": team.id, "total_member_count": 4, "active_member_count": 4}


async def test_a_full_team_takes_nobody(room: Room, admin: Person, team: Team) -> None:
    room.configure(max_users_per_team=3)
    cleo = await room.person("cleo")

    answer = await admin.post(f"/teams/{team.id}/members", {"team_id": team.id, "user_id": cleo.id})

    assert (answer.status_code, answer.json()["id"]) == (
        400,
        "app.team.join_user_to_team.max_accounts.app_error",
    )


async def test_a_team_may_admit_some_domains_only(room: Room, admin: Person, team: Team) -> None:
    cleo = await room.person("cleo")
    await admin.put(f"/teams/{team.id}/patch", {"allowed_domains": "example.org, other.net"})
    assert await add(admin, team, cleo) == 400

    await admin.put(f"/teams/{team.id}/patch", {"allowed_domains": "@Example.COM"})
    assert await add(admin, team, cleo) == 201


async def test_several_are_added_all_or_as_many_as_can_be(room: Room, admin: Person, team: Team) -> None:
    cleo, dora = await room.person("cleo"), await room.person("dora")
    unknown = "a" * 26
    both = [{"team_id": team.id, "user_id": cleo.id}, {"team_id": team.id, "user_id": unknown}]

    strict = await admin.post(f"/teams/{team.id}/members/batch", both)
    members = await admin.post(f"/teams/{team.id}/members/ids", [cleo.id])
    graceful = await admin.post(f"/teams/{team.id}/members/batch?graceful=true", both)
    plain = await admin.post(f"/teams/{team.id}/members/batch", [{"team_id": team.id, "user_id": dora.id}])

    assert strict.status_code == 404
    assert members.json() == []
    assert [answer["error"] is None for answer in graceful.json()] == [True, False]
    assert (plain.status_code, plain.json()[0]["user_id"]) == (201, dora.id)


async def test_members_are_listed_for_members_only(
    room: Room, admin: Person, ana: Person, team: Team
) -> None:
    cleo = await room.person("cleo")

    listed = (await ana.get(f"/teams/{team.id}/members?per_page=2")).json()
    of_ids = (await ana.post(f"/teams/{team.id}/members/ids", [ana.id, cleo.id])).json()
    unknown = await ana.get(f"/teams/{team.id}/members/{cleo.id}")

    assert [member["user_id"] for member in listed] == [admin.id, ana.id]
    assert [member["user_id"] for member in of_ids] == [ana.id]
    assert unknown.status_code == 404
    for path in (
        f"/teams/{team.id}/members",
        f"/teams/{team.id}/members/{ana.id}",
        f"/teams/{team.id}/stats",
    ):
        assert (await cleo.get(path)).status_code == 403


async def test_one_leaves_a_team_and_its_channels(ana: Person, ben: Person, team: Team) -> None:
    left = await ana.delete(f"/teams/{team.id}/members/me")

    assert left.json() == {"status": "OK"}
    assert (await ana.get("/users/me/teams")).json() == []
    assert (await ana.get(f"/teams/{team.id}")).status_code == 403
    stats = (await ben.get(f"/teams/{team.id}/stats")).json()
    assert stats["total_member_count"] == 2
    again = await ana.delete(f"/teams/{team.id}/members/me")
    assert again.status_code == 404


async def test_only_administrators_of_a_team_remove_others_and_give_roles(
    admin: Person, ana: Person, ben: Person, team: Team
) -> None:
    path = f"/teams/{team.id}/members/{ana.id}/roles"
    assert (await ben.delete(f"/teams/{team.id}/members/{ana.id}")).status_code == 403
    assert (await ana.put(path, {"roles": "team_user team_admin"})).status_code == 403
    assert (await admin.put(path, {"roles": "team_user system_admin"})).status_code == 400
    assert (await admin.put(path, {"roles": "team_admin"})).status_code == 400

    assert (await admin.put(path, {"roles": "team_user team_admin"})).json() == {"status": "OK"}

    assert (await ana.delete(f"/teams/{team.id}/members/{ben.id}")).status_code == 200
    assert (await ben.get("/users/me/teams")).json() == []


async def test_roles_are_given_as_flags_too(admin: Person, ana: Person, team: Team) -> None:
    path = f"/teams/{team.id}/members/{ana.id}"
    flags = {"scheme_user": True, "scheme_admin": True}

    async def roles() -> str:
        return (await ana.get(path)).json()["roles"]

    assert (await ana.put(f"{path}/schemeRoles", flags)).status_code == 403
    assert (await admin.put(f"{path}/schemeRoles", {"scheme_user": True})).status_code == 400
    assert (await admin.put(f"{path}/schemeRoles", flags | {"scheme_user": False})).status_code == 400
    assert await roles() == "team_user"
    assert (await admin.put(f"{path}/schemeRoles", flags)).json() == {"status": "OK"}
    assert await roles() == "team_user team_admin"
    assert (await admin.put(f"{path}/schemeRoles", flags | {"scheme_admin": False})).status_code == 200
    assert await roles() == "team_user"


async def test_what_is_unread_is_counted_by_team(ana: Person, ben: Person, team: Team) -> None:
    all_of_them = await ana.get("/users/me/teams/unread")
    one = await ana.get(f"/users/{ana.id}/teams/{team.id}/unread")
    excluded = await ana.get(f"/users/me/teams/unread?exclude_team={team.id}")
    others = await ben.get(f"/users/{ana.id}/teams/unread")

    assert all_of_them.json() == [one.json()]
    assert one.json()["team_id"] == team.id
    assert excluded.json() == []
    assert others.status_code == 403


async def test_memberships_are_told_to_oneself_and_administrators(
    admin: Person, ana: Person, ben: Person, team: Team
) -> None:
    own = (await ana.get("/users/me/teams/members")).json()

    assert [(member["team_id"], member["roles"]) for member in own] == [(team.id, "team_user")]
    assert (await ben.get(f"/users/{ana.id}/teams/members")).status_code == 403
    assert (await ben.get(f"/users/{ana.id}/teams")).status_code == 403
    assert (await admin.get(f"/users/{ana.id}/teams")).json()[0]["id"] == team.id
