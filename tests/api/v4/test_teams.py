"""Teams over REST v4: made, seen, changed, archived."""

import pytest

from commandpost.workspace.model.team import Team
from tests.support.people import Person, Room


async def made(person: Person, name: str = "blue", **more: object) -> dict[str, object]:
    answer = await person.post("/teams", {"name": name, "display_name": name.title(), "type": "O", **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_whoever_makes_a_team_administers_it(ana: Person) -> None:
    team = await made(ana, "Blue")

    assert team["name"] == "blue"
    assert len(str(team["invite_id"])) == 26
    assert team["scheme_id"] is None and team["group_constrained"] is None
    member = (await ana.get(f"/teams/{team['id']}/members/me")).json()
    assert (member["roles"], member["scheme_admin"]) == ("team_user team_admin", True)
    channels = (await ana.get(f"/users/me/teams/{team['id']}/channels")).json()
    assert {channel["name"] for channel in channels} == {"town-square", "off-topic"}


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"name": "a"}, "model.team.is_valid.characters.app_error"),
        ({"name": "a b"}, "model.team.is_valid.characters.app_error"),
        ({"name": "-ab"}, "model.team.is_valid.characters.app_error"),
        ({"name": "x" * 65}, "model.team.is_valid.characters.app_error"),
        ({"name": "login"}, "model.team.is_valid.reserved.app_error"),
        ({"name": "acme"}, "app.team.save.existing.app_error"),
        ({"display_name": " "}, "model.team.is_valid.name.app_error"),
        ({"display_name": "x" * 65}, "model.team.is_valid.name.app_error"),
        ({"type": "X"}, "model.team.is_valid.type.app_error"),
        ({"description": "x" * 256}, "model.team.is_valid.description.app_error"),
        ({"name": None}, "api.context.invalid_body_param.app_error"),
    ],
)
async def test_a_team_that_breaks_a_rule_is_not_made(
    ana: Person, team: Team, wrong: dict[str, object], error: str
) -> None:
    answer = await ana.post("/teams", {"name": "blue", "display_name": "Blue", "type": "O", **wrong})

    assert (answer.status_code, answer.json()["id"]) == (400, error)


async def test_teams_are_made_by_administrators_only_where_it_is_switched_off(
    room: Room, admin: Person, ana: Person, guest: Person
) -> None:
    by_guest = await guest.post("/teams", {"name": "blue", "display_name": "Blue", "type": "O"})
    room.configure(enable_team_creation=False)
    by_user = await ana.post("/teams", {"name": "blue", "display_name": "Blue", "type": "O"})

    assert (by_guest.status_code, by_user.status_code) == (403, 501)
    assert (await made(admin))["name"] == "blue"


async def test_a_closed_team_is_seen_by_members_and_administrators(
    room: Room, admin: Person, ana: Person, team: Team
) -> None:
    cleo = await room.person("cleo")

    for path in (f"/teams/{team.id}", "/teams/name/acme"):
        assert (await ana.get(path)).json()["id"] == team.id
        assert (await admin.get(path)).json()["id"] == team.id
        assert (await cleo.get(path)).status_code == 403
    unknown = await cleo.get("/teams/aaaaaaaaaaaaaaaaaaaaaaaaaa")
    assert (unknown.status_code, unknown.json()["id"]) == (404, "app.team.get.find.app_error")
    nameless = await cleo.get("/teams/name/nothing")
    assert (nameless.status_code, nameless.json()["id"]) == (404, "app.team.get_by_name.missing.app_error")
    assert (await cleo.get("/teams/name/acme/exists")).json() == {"exists": True}
    assert (await cleo.get("/teams/name/nothing/exists")).json() == {"exists": False}


async def test_address_and_invitation_of_a_team_are_not_for_everybody(
    room: Room, admin: Person, ana: Person
) -> None:
    team = await made(ana, allow_open_invite=True)
    ben = await room.person("ben")

    outside = (await ben.get(f"/teams/{team['id']}")).json()
    await ben.post(f"/teams/{team['id']}/members", {"team_id": team["id"], "user_id": ben.id})
    inside = (await ben.get(f"/teams/{team['id']}")).json()
    owner = (await ana.get(f"/teams/{team['id']}")).json()

    assert (outside["email"], outside["invite_id"]) == ("", "")
    assert (inside["email"], inside["invite_id"]) == ("", team["invite_id"])
    assert owner["email"] == "ana@example.com"


async def test_administrators_list_all_teams_and_others_the_open_ones_and_their_own(
    room: Room, admin: Person, ana: Person, guest: Person, team: Team
) -> None:
    await made(admin, "blue", allow_open_invite=True)
    await made(admin, "closed")

    def names(answer: object) -> list[str]:
        return [team["name"] for team in answer.json()]  # type: ignore[attr-defined]

    assert names(await admin.get("/teams")) == ["acme", "blue", "closed"]
    assert names(await ana.get("/teams")) == ["acme", "blue"]
    assert names(await guest.get("/teams")) == []
    assert names(await admin.get("/teams?page=1&per_page=2")) == ["closed"]
    counted = (await ana.get("/teams?include_total_count=true&per_page=1")).json()
    assert (len(counted["teams"]), counted["total_count"]) == (1, 2)
    assert names(await ana.post("/teams/search", {"term": "BLU"})) == ["blue"]
    assert names(await ana.post("/teams/search", {"term": "clos"})) == []
    paged = (await ana.post("/teams/search", {"term": "", "page": 0, "per_page": 1})).json()
    assert paged["total_count"] == 2

    await admin.delete(f"/teams/{team.id}")
    assert names(await admin.get("/teams")) == ["blue", "closed"]
    assert names(await admin.get("/teams?include_deleted=true")) == ["acme", "blue", "closed"]
    assert names(await ana.get("/teams?include_deleted=true")) == ["blue"]


async def test_a_team_is_changed_by_its_administrators(room: Room, admin: Person, ana: Person) -> None:
    team = await made(ana)
    ben = await room.person("ben")
    await admin.post(f"/teams/{team['id']}/members", {"team_id": team["id"], "user_id": ben.id})

    patched = await ana.put(
        f"/teams/{team['id']}/patch", {"display_name": "Bluer", "allow_open_invite": True}
    )
    updated = await admin.put(f"/teams/{team['id']}", {"id": team["id"], "description": "Blue."})
    by_member = await ben.put(f"/teams/{team['id']}/patch", {"display_name": "Mine"})
    wrong = await ana.put(f"/teams/{team['id']}/patch", {"display_name": ""})
    mismatched = await ana.put(f"/teams/{team['id']}", {"id": ben.id})

    assert (patched.json()["display_name"], patched.json()["allow_open_invite"]) == ("Bluer", True)
    assert (updated.json()["description"], updated.json()["display_name"]) == ("Blue.", "Bluer")
    assert (by_member.status_code, wrong.status_code, mismatched.status_code) == (403, 400, 400)


async def test_an_archived_team_is_gone_for_members_until_it_is_restored(ana: Person, admin: Person) -> None:
    team = await made(ana)

    archived = await ana.delete(f"/teams/{team['id']}")

    assert archived.json() == {"status": "OK"}
    assert (await ana.get(f"/teams/{team['id']}")).status_code == 404
    assert (await ana.get("/users/me/teams")).json() == []
    assert (await ana.get("/users/me/teams/members")).json() == []
    restored = await admin.post(f"/teams/{team['id']}/restore")
    assert restored.json()["delete_at"] == 0
    assert len((await ana.get("/users/me/teams")).json()) == 1


async def test_a_team_has_no_icon(ana: Person, team: Team) -> None:
    assert (await ana.get(f"/teams/{team.id}/image")).status_code == 404


async def test_a_new_invitation_kills_the_old_one(room: Room, admin: Person, ana: Person, team: Team) -> None:
    by_member = await ana.post(f"/teams/{team.id}/regenerate_invite_id")
    renewed = (await admin.post(f"/teams/{team.id}/regenerate_invite_id")).json()["invite_id"]
    cleo = await room.person("cleo")

    assert by_member.status_code == 403
    assert renewed != team.invite_id
    assert (await cleo.get(f"/teams/invite/{team.invite_id}")).status_code == 404
    shown = (await cleo.get(f"/teams/invite/{renewed}")).json()
    assert (shown["name"], shown["invite_id"]) == ("acme", "")
    assert (await cleo.post(f"/teams/members/invite?invite_id={team.invite_id}")).status_code == 404
    assert (await cleo.post(f"/teams/members/invite?invite_id={renewed}")).status_code == 201
