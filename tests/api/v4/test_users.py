"""Accounts over REST v4: made, seen, changed."""

import asyncio

import pytest

from commandpost.workspace.model.team import Team
from tests.support.people import PASSWORD, Person, Room


def new_account(username: str, **more: object) -> dict[str, object]:
    return {"username": username, "email": f"{username}@example.com", "password": PASSWORD, **more}


async def test_the_first_user_of_an_empty_server_becomes_its_administrator(room: Room) -> None:
    stranger = room.stranger()

    first = await stranger.post(
        "/users", {"username": "Ana", "email": "Ana@Example.com", "password": PASSWORD}
    )

    assert first.status_code == 201, first.text
    assert first.json()["roles"] == "system_user system_admin"
    assert first.json()["username"] == "ana"
    assert first.json()["email"] == "ana@example.com"


async def test_of_two_first_users_at_once_one_becomes_administrator(room: Room) -> None:
    room.configure(enable_open_server=True)
    stranger = room.stranger()

    answers = await asyncio.gather(
        *(stranger.post("/users", new_account(name)) for name in ("ana", "ben", "cleo", "dora"))
    )

    assert [answer.status_code for answer in answers] == [201] * 4
    assert sum("system_admin" in answer.json()["roles"] for answer in answers) == 1


async def test_of_two_accounts_with_one_name_made_at_once_one_is_refused(room: Room, admin: Person) -> None:
    answers = await asyncio.gather(*(admin.post("/users", new_account("twin")) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [201, 400, 400, 400]


async def test_strangers_make_accounts_only_where_sign_up_is_open(room: Room, admin: Person) -> None:
    stranger = room.stranger()

    closed = await stranger.post("/users", new_account("cleo"))
    room.configure(enable_open_server=True)
    opened = await stranger.post("/users", new_account("cleo"))
    room.configure(enable_user_creation=False)
    off = await stranger.post("/users", new_account("dora"))
    by_admin = await admin.post("/users", new_account("dora"))

    assert (closed.status_code, closed.json()["id"]) == (403, "api.user.create_user.no_open_server")
    assert (opened.status_code, opened.json()["roles"]) == (201, "system_user")
    assert off.status_code == 501
    assert by_admin.status_code == 201


async def test_an_invitation_to_a_team_lets_sign_up_and_into_the_team(room: Room, team: Team) -> None:
    stranger = room.stranger()

    dead = await stranger.post("/users?iid=aaaaaaaaaaaaaaaaaaaaaaaaaa", new_account("cleo"))
    by_mail = await stranger.post("/users?t=aaaaaaaaaaaaaaaaaaaaaaaaaa", new_account("cleo"))
    made = await stranger.post(f"/users?iid={team.invite_id}", new_account("cleo"))

    assert (dead.status_code, by_mail.status_code) == (400, 400)
    assert dead.json()["id"] == "api.user.create_user.signup_link_invalid.app_error"
    assert made.status_code == 201
    login = await stranger.post("/users/login", {"login_id": "cleo", "password": PASSWORD})
    teams = await stranger.get(
        "/users/me/teams", headers={"Authorization": f"Bearer {login.headers['Token']}"}
    )
    assert [found["id"] for found in teams.json()] == [team.id]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"username": "all"}, "model.user.is_valid.username.app_error"),
        ({"username": "1ana"}, "model.user.is_valid.username.app_error"),
        ({"username": "a b"}, "model.user.is_valid.username.app_error"),
        ({"username": "a" * 65}, "model.user.is_valid.username.app_error"),
        ({"email": "nowhere"}, "model.user.is_valid.email.app_error"),
        ({"email": "a@b\ud7ff" + "c" * 130}, "model.user.is_valid.email.app_error"),
        ({"password": "short"}, "model.user.is_valid.pwd.app_error"),
        ({"password": "x" * 257}, "model.user.is_valid.password_limit.app_error"),
        ({"nickname": "x" * 65}, "model.user.is_valid.first_name.app_error"),
        ({"locale": "x" * 9}, "model.user.is_valid.locale.app_error"),
        ({"username": "admin"}, "app.user.save.username_exists.app_error"),
        ({"email": "Admin@Example.COM"}, "app.user.save.email_exists.app_error"),
        ({"username": 7}, "api.context.invalid_body_param.app_error"),
        ({"username": "a\u0000b"}, "api.context.invalid_body_param.app_error"),
    ],
)
async def test_an_account_that_breaks_a_rule_is_not_made(
    admin: Person, wrong: dict[str, object], error: str
) -> None:
    answer = await admin.post("/users", new_account("cleo") | wrong)

    assert (answer.status_code, answer.json()["id"]) == (400, error)
    assert (await admin.get("/users/username/cleo")).status_code == 404


async def test_oneself_is_seen_whole_and_others_without_their_settings(ana: Person, ben: Person) -> None:
    me = (await ana.get("/users/me")).json()
    other = (await ana.get(f"/users/{ben.id}")).json()

    assert me["notify_props"]["desktop"] == "mention"
    assert me["auth_data"] == ""
    assert me["timezone"]["useAutomaticTimezone"] == "true"
    assert "password" not in me and "password_hash" not in me
    assert {"notify_props", "auth_data", "last_password_update", "email_verified"}.isdisjoint(other)
    assert other["email"] == "ben@example.com"


async def test_a_user_the_client_has_already_is_not_sent_again(ana: Person, ben: Person) -> None:
    seen = await ana.get("/users/me")
    held = {"If-None-Match": seen.headers["ETag"]}

    again = await ana.get("/users/me", headers=held)
    by_another = await ben.get(f"/users/{ana.id}", headers=held)
    await ana.put("/users/me/patch", {"nickname": "Annie"})
    changed = await ana.get("/users/me", headers=held)

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == seen.headers["ETag"]
    assert [by_another.status_code, changed.status_code] == [200, 200]
    assert changed.json()["nickname"] == "Annie"


async def test_privacy_settings_hide_addresses_and_full_names_from_all_but_administrators(
    room: Room, admin: Person, ana: Person, ben: Person
) -> None:
    await ben.put("/users/me/patch", {"first_name": "Ben", "last_name": "Lin"})
    room.configure(show_email_address=False, show_full_name=False)

    seen = (await ana.get(f"/users/{ben.id}")).json()
    by_admin = (await admin.get(f"/users/{ben.id}")).json()
    by_email = await ana.get("/users/email/ben@example.com")

    assert (seen["email"], seen["first_name"], seen["last_name"]) == ("", "", "")
    assert (by_admin["email"], by_admin["first_name"]) == ("ben@example.com", "Ben")
    assert by_email.status_code == 404


async def test_users_are_found_by_id_name_and_address(ana: Person, ben: Person) -> None:
    for path in (f"/users/{ben.id}", "/users/username/Ben", "/users/email/BEN@example.com"):
        assert (await ana.get(path)).json()["id"] == ben.id
    by_ids = await ana.post("/users/ids", [ben.id, ana.id, "a" * 26])
    by_names = await ana.post("/users/usernames", ["ben", "nobody"])

    assert {user["id"] for user in by_ids.json()} == {ana.id, ben.id}
    assert [user["id"] for user in by_names.json()] == [ben.id]


async def test_ids_changed_since_leave_out_the_unchanged(room: Room, ana: Person, ben: Person) -> None:
    before = room.clock.now()
    room.clock.turn(seconds=5)
    await ben.put("/users/me/patch", {"nickname": "Benny"})

    changed = await ana.post(f"/users/ids?since={before}", [ana.id, ben.id])

    assert [user["nickname"] for user in changed.json()] == ["Benny"]


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("/users/short", 400, "api.context.invalid_url_param.app_error"),
        ("/users/aaaaaaaaaaaaaaaaaaaaaaaaaa", 404, "app.user.missing_account.const"),
        ("/users/username/nobody", 404, "app.user.get_by_username.app_error"),
        ("/users/email/nobody@example.com", 404, "app.user.missing_account.const"),
    ],
)
async def test_unknown_users_are_told_so(ana: Person, path: str, status: int, error: str) -> None:
    answer = await ana.get(path)

    assert (answer.status_code, answer.json()["id"]) == (status, error)
    assert answer.json()["status_code"] == status
    assert len(answer.json()["request_id"]) == 26


async def test_nothing_is_shown_to_who_is_not_signed_in(room: Room, ana: Person) -> None:
    stranger = room.stranger()

    for path in ("/users/me", f"/users/{ana.id}", "/users", "/users/username/ana", "/teams", "/bots"):
        answer = await stranger.get(path)
        assert (answer.status_code, answer.json()["id"]) == (401, "api.context.session_expired.app_error")


async def test_a_profile_is_changed_by_its_owner_and_by_administrators_only(
    admin: Person, ana: Person, ben: Person
) -> None:
    patched = await ana.put("/users/me/patch", {"nickname": " Annie ", "props": {"a": "b"}})
    updated = await admin.put(f"/users/{ana.id}", {"id": ana.id, "username": "Annette", "position": "SRE"})
    forbidden = await ben.put(f"/users/{ana.id}/patch", {"nickname": "x"})
    mismatched = await ana.put(f"/users/{ana.id}", {"id": ben.id, "nickname": "x"})

    assert (patched.json()["nickname"], patched.json()["props"]) == ("Annie", {"a": "b"})
    assert (updated.json()["username"], updated.json()["position"]) == ("annette", "SRE")
    assert updated.json()["nickname"] == "Annie"
    assert forbidden.status_code == 403
    assert mismatched.status_code == 400


async def test_a_changed_name_or_address_must_be_free(ana: Person, ben: Person) -> None:
    name = await ana.put("/users/me/patch", {"username": "BEN"})
    address = await ana.put("/users/me/patch", {"email": "Ben@Example.com"})

    assert (name.status_code, name.json()["id"]) == (400, "app.user.save.username_exists.app_error")
    assert (address.status_code, address.json()["id"]) == (400, "app.user.save.email_exists.app_error")


async def test_guests_know_only_those_whom_they_meet(
    room: Room, guest: Person, ana: Person, ben: Person
) -> None:
    before = await guest.get(f"/users/{ana.id}")
    opened = await ana.post("/channels/direct", [ana.id, guest.id])
    after = await guest.get(f"/users/{ana.id}")
    listed = await guest.get("/users")
    found = await guest.post("/users/ids", [ana.id, ben.id])

    assert before.status_code == 404
    assert opened.status_code == 201, opened.text
    assert after.status_code == 200
    assert {user["username"] for user in listed.json()} == {"ana", "guest"}
    assert [user["username"] for user in found.json()] == ["ana"]
