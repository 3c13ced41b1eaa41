"""What administrators do with accounts over REST v4: roles, guests, deactivation."""

import pytest

from commandpost.workspace.model.team import Team
from tests.support.people import Person, Room


async def test_only_administrators_give_roles(admin: Person, ana: Person, ben: Person) -> None:
    by_ben = await ben.put(f"/users/{ben.id}/roles", {"roles": "system_user system_admin"})
    by_admin = await admin.put(f"/users/{ana.id}/roles", {"roles": "system_user system_admin"})

    assert by_ben.status_code == 403
    assert by_admin.json() == {"status": "OK"}
    assert (await ana.get("/users/me")).json()["roles"] == "system_user system_admin"
    assert (await ana.put(f"/users/{ben.id}/roles", {"roles": "system_user"})).status_code == 200


@pytest.mark.parametrize("roles", ["", "system_admin", "system_user team_user", "system_user system_guest"])
async def test_roles_that_make_no_sense_are_refused(admin: Person, ana: Person, roles: str) -> None:
    answer = await admin.put(f"/users/{ana.id}/roles", {"roles": roles})

    assert answer.status_code == 400
    assert (await ana.get("/users/me")).json()["roles"] == "system_user"


async def test_whoever_is_deactivated_is_locked_out_at_once(room: Room, admin: Person, ana: Person) -> None:
    await admin.put(f"/users/{ana.id}/roles", {"roles": "system_user system_user_access_token"})
    token = (await ana.post("/users/me/tokens", {"description": "script"})).json()["token"]

    answer = await admin.put(f"/users/{ana.id}/active", {"active": False})

    assert answer.json() == {"status": "OK"}
    for dead in (ana.token, token):
        me = await room.stranger().get("/users/me", headers={"Authorization": f"Bearer {dead}"})
        assert me.status_code == 401
    assert (await admin.get(f"/users/{ana.id}")).json()["delete_at"] > 0


async def test_who_is_let_in_again_signs_in_anew(room: Room, admin: Person, ana: Person) -> None:
    await admin.delete(f"/users/{ana.id}")
    await admin.put(f"/users/{ana.id}/active", {"active": True})

    assert (await ana.get("/users/me")).status_code == 401
    async with room.desks.reading() as desk:
        assert desk.config is not None
    assert (await admin.get(f"/users/{ana.id}")).json()["delete_at"] == 0


async def test_only_administrators_deactivate(admin: Person, ana: Person, ben: Person) -> None:
    assert (await ben.delete(f"/users/{ana.id}")).status_code == 403
    assert (await ben.put(f"/users/{ana.id}/active", {"active": False})).status_code == 403
    assert (await ana.put("/users/me/active", {"active": False})).status_code == 403
    assert (await admin.delete("/users/aaaaaaaaaaaaaaaaaaaaaaaaaa")).status_code == 404


async def test_bots_are_locked_out_with_their_owner(room: Room, admin: Person, ana: Person) -> None:
    bot = (await admin.post("/bots", {"username": "robot"})).json()
    await admin.post(f"/bots/{bot['user_id']}/assign/{ana.id}")
    token = (await ana.post(f"/users/{bot['user_id']}/tokens", {"description": "robot"})).json()["token"]

    await admin.delete(f"/users/{ana.id}")

    me = await room.stranger().get("/users/me", headers={"Authorization": f"Bearer {token}"})
    assert me.status_code == 401


async def test_a_demoted_user_is_a_guest_in_teams_and_channels_too(
    admin: Person, ana: Person, ben: Person, team: Team
) -> None:
    answer = await admin.post(f"/users/{ana.id}/demote")

    assert answer.json() == {"status": "OK"}
    assert (await ana.get("/users/me")).json()["roles"] == "system_guest"
    member = (await ana.get(f"/teams/{team.id}/members/me")).json()
    assert (member["roles"], member["scheme_guest"], member["scheme_user"]) == ("team_guest", True, False)
    assert (await ana.get(f"/teams/{team.id}/channels")).status_code == 403
    made = await ana.post(
        "/channels", {"team_id": team.id, "name": "war", "display_name": "War", "type": "O"}
    )
    assert made.status_code == 403
    again = await admin.post(f"/users/{ana.id}/demote")
    assert (again.status_code, again.json()["id"]) == (
        400,
        "api.user.demote_user_to_guest.already_guest.app_error",
    )


async def test_a_promoted_guest_is_a_user_and_enters_the_default_channels(
    room: Room, admin: Person, guest: Person, team: Team
) -> None:
    await admin.post(f"/teams/{team.id}/members", {"team_id": team.id, "user_id": guest.id})
    before = (await guest.get(f"/users/me/teams/{team.id}/channels")).json()

    answer = await admin.post(f"/users/{guest.id}/promote")

    assert before == []
    assert answer.json() == {"status": "OK"}
    assert (await guest.get("/users/me")).json()["roles"] == "system_user"
    after = (await guest.get(f"/users/me/teams/{team.id}/channels")).json()
    assert {channel["name"] for channel in after} == {"town-square", "off-topic"}
    again = await admin.post(f"/users/{guest.id}/promote")
    assert again.status_code == 400


async def test_only_administrators_promote_and_demote(ana: Person, ben: Person, guest: Person) -> None:
    assert (await ana.post(f"/users/{ben.id}/demote")).status_code == 403
    assert (await guest.post("/users/me/promote")).status_code == 403
