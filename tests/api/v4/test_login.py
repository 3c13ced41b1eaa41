"""Logging in and out, and sessions, over REST v4."""

import asyncio
import os

import httpx
import pytest

from commandpost.db import Sql
from commandpost.kernel.clock import DAY_MS
from commandpost.workspace.actions.login import MOST_FAILURES_OF_ADDRESS, WINDOW_MS
from commandpost.workspace.model.session import RENEW_AFTER_MS
from tests.support.people import PASSWORD, Person, Room

_BROWSER = {"X-Requested-With": "XMLHttpRequest"}


async def log_in(room: Room, login_id: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    return await room.stranger().post("/users/login", {"login_id": login_id, "password": password, **more})


async def status_with(room: Room, token: str) -> int:
    answer = await room.stranger().get("/users/me", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code


@pytest.mark.parametrize("login_id", ["ana", "ANA", " ana@example.com", "Ana@Example.com"])
async def test_a_name_or_address_and_the_password_give_a_token(
    room: Room, ana: Person, login_id: str
) -> None:
    answer = await log_in(room, login_id, deviceId="", token="")

    assert answer.status_code == 200, answer.text
    assert answer.json()["id"] == ana.id
    assert "notify_props" in answer.json()
    me = await room.stranger().get(
        "/users/me", headers={"Authorization": f"BEARER {answer.headers['Token']}"}
    )
    assert me.json()["id"] == ana.id
    assert "set-cookie" not in answer.headers


async def test_an_id_will_do_for_a_name(room: Room, ana: Person) -> None:
    answer = await room.stranger().post("/users/login", {"id": ana.id, "password": PASSWORD})

    assert answer.status_code == 200


async def test_a_wrong_password_and_an_unknown_name_are_refused_alike(room: Room, ana: Person) -> None:
    wrong = await log_in(room, "ana", "wrong")
    unknown = await log_in(room, "nobody", "wrong")
    empty = await room.stranger().post("/users/login", {})

    for answer in (wrong, unknown, empty):
        assert answer.status_code == 401
        assert answer.json()["id"] == "api.user.login.invalid_credentials_email_username"
        assert answer.json()["message"] == wrong.json()["message"]


async def test_a_name_that_nobody_has_is_locked_like_one_that_somebody_has(
    room: Room, admin: Person, ana: Person, ben: Person
) -> None:
    room.configure(maximum_login_attempts=3)
    await admin.delete(f"/users/{ben.id}")

    answers = {
        name: [await log_in(room, name, "wrong") for _ in range(5)] for name in ("ana", "ben", "nobody")
    }

    told = {
        name: [
            (answer.status_code, answer.json()["id"], answer.headers.get("Retry-After")) for answer in given
        ]
        for name, given in answers.items()
    }
    assert told["ana"] == told["ben"] == told["nobody"]
    assert [status for status, *_ in told["ana"]] == [401, 401, 401, 429, 429]


async def test_an_account_is_locked_for_a_while_after_too_many_failures(
    room: Room, ana: Person, ben: Person
) -> None:
    room.configure(maximum_login_attempts=3)
    for _ in range(3):
        assert (await log_in(room, "ana", "wrong")).status_code == 401

    locked = await log_in(room, "ana")
    other = await log_in(room, "ben")
    room.clock.turn(millis=WINDOW_MS)
    later = await log_in(room, "ana")

    assert locked.status_code == 429
    assert locked.json()["id"] == "api.user.check_user_login_attempts.too_many.app_error"
    assert int(locked.headers["Retry-After"]) == WINDOW_MS // 1000
    assert other.status_code == 200
    assert later.status_code == 200


async def test_a_clock_set_back_locks_nobody_for_longer(room: Room, ana: Person) -> None:
    room.configure(maximum_login_attempts=3)
    for _ in range(3):
        await log_in(room, "ana", "wrong")

    room.clock.turn(seconds=-3600)

    assert (await log_in(room, "ana")).status_code == 200


@pytest.mark.parametrize("jump_s", [3600, -3600])
async def test_a_clock_that_jumps_ends_no_session(room: Room, ana: Person, jump_s: int) -> None:
    room.clock.turn(seconds=jump_s)

    assert (await ana.get("/users/me")).status_code == 200


async def test_a_success_clears_the_failures_of_the_account(room: Room, ana: Person) -> None:
    room.configure(maximum_login_attempts=3)
    for _ in range(2):
        for _ in range(2):
            await log_in(room, "ana@example.com", "wrong")
        assert (await log_in(room, "ana")).status_code == 200


async def test_successes_are_not_counted(room: Room, ana: Person) -> None:
    room.configure(maximum_login_attempts=2)

    answers = [await log_in(room, "ana") for _ in range(5)]

    assert {answer.status_code for answer in answers} == {200}


async def test_guesses_in_parallel_do_not_outrun_the_count(room: Room, ana: Person) -> None:
    room.configure(maximum_login_attempts=5)

    answers = await asyncio.gather(*(log_in(room, "ana", f"guess {n}") for n in range(40)))

    at_once = 2 + min(max(2, os.cpu_count() or 2), 8)
    assert sum(answer.status_code == 401 for answer in answers) <= 5 + at_once
    assert sum(answer.status_code == 429 for answer in answers) >= 40 - 5 - at_once


async def test_an_address_that_guesses_at_many_accounts_is_locked(room: Room, ana: Person) -> None:
    for n in range(MOST_FAILURES_OF_ADDRESS):
        await log_in(room, f"nobody{n}", "wrong")

    assert (await log_in(room, "ana")).status_code == 429


async def test_bots_and_deactivated_users_do_not_log_in(room: Room, admin: Person, ana: Person) -> None:
    await admin.post("/bots", {"username": "robot"})
    await admin.delete(f"/users/{ana.id}")

    deactivated = await log_in(room, "ana")
    bot = await log_in(room, "robot", "")

    assert (deactivated.status_code, deactivated.json()["id"]) == (401, "api.user.login.inactive.app_error")
    assert bot.status_code == 401


async def test_browsers_get_cookies_and_scripts_do_not(room: Room, ana: Person) -> None:
    room.configure(site_url="https://chat.example.com")

    answer = await room.stranger().v4.post(
        "/users/login", json={"login_id": "ana", "password": PASSWORD}, headers=_BROWSER
    )

    cookies = {line.split("=", 1)[0]: line for line in answer.headers.get_list("set-cookie")}
    assert set(cookies) == {"MMAUTHTOKEN", "MMUSERID", "MMCSRF"}
    assert "HttpOnly" in cookies["MMAUTHTOKEN"] and "HttpOnly" not in cookies["MMCSRF"]
    for line in cookies.values():
        assert "Path=/" in line and "Secure" in line and "SameSite=lax" in line
    assert f"MMUSERID={ana.id}" in cookies["MMUSERID"]


async def test_a_cookie_session_changes_things_only_with_its_proof(room: Room, ana: Person) -> None:
    login = await room.stranger().v4.post(
        "/users/login", json={"login_id": "ana", "password": PASSWORD}, headers=_BROWSER
    )
    cookies = {"Cookie": f"MMAUTHTOKEN={login.cookies['MMAUTHTOKEN']}"}
    client, change = room.stranger().v4, {"nickname": "Annie"}

    read = await client.get("/users/me", headers=cookies)
    without = await client.put("/users/me/patch", json=change, headers=cookies)
    wrong = await client.put("/users/me/patch", json=change, headers={**cookies, "X-CSRF-Token": "x" * 26})
    proved = await client.put(
        "/users/me/patch", json=change, headers={**cookies, "X-CSRF-Token": login.cookies["MMCSRF"]}
    )
    legacy = await client.put("/users/me/patch", json=change, headers={**cookies, **_BROWSER})

    assert read.status_code == 200
    assert (without.status_code, wrong.status_code) == (401, 401)
    assert (proved.status_code, legacy.status_code) == (200, 200)


async def test_the_cookie_wins_over_the_header(room: Room, ana: Person, ben: Person) -> None:
    answer = await room.stranger().get(
        "/users/me", headers={"Cookie": f"MMAUTHTOKEN={ana.token}", "Authorization": f"Bearer {ben.token}"}
    )

    assert answer.json()["id"] == ana.id


async def test_logging_out_ends_the_session_and_clears_the_cookies(room: Room, ana: Person) -> None:
    again = (await log_in(room, "ana")).headers["Token"]

    out = await room.stranger().v4.post(
        "/users/logout", headers={"Cookie": f"MMAUTHTOKEN={ana.token}", **_BROWSER}
    )

    assert out.json() == {"status": "OK"}
    cleared = out.headers.get_list("set-cookie")
    assert len(cleared) == 3 and all("Max-Age=0" in line and "Path=/" in line for line in cleared)
    assert await status_with(room, ana.token) == 401
    assert await status_with(room, again) == 200


async def test_logging_out_without_a_session_is_well_too(room: Room) -> None:
    assert (await room.stranger().post("/users/logout")).json() == {"status": "OK"}


async def test_sessions_are_listed_without_tokens_and_revoked_one_by_one(room: Room, ana: Person) -> None:
    room.clock.turn(seconds=1)
    token = (await log_in(room, "ana")).headers["Token"]

    listed = (await ana.get("/users/me/sessions")).json()
    newest = listed[0]
    revoked = await ana.post("/users/me/sessions/revoke", {"session_id": newest["id"]})
    again = await ana.post("/users/me/sessions/revoke", {"session_id": newest["id"]})

    assert len(listed) == 2
    assert {session["token"] for session in listed} == {""}
    assert newest["props"]["browser"].startswith("python-httpx")
    assert revoked.json() == {"status": "OK"}
    assert again.status_code == 400
    assert await status_with(room, token) == 401
    assert await status_with(room, ana.token) == 200


async def test_sessions_are_the_business_of_their_owner_and_administrators(
    room: Room, admin: Person, ana: Person, ben: Person
) -> None:
    session_id = (await ana.get("/users/me/sessions")).json()[0]["id"]

    assert (await ben.get(f"/users/{ana.id}/sessions")).status_code == 403
    refused = await ben.post(f"/users/{ana.id}/sessions/revoke", {"session_id": session_id})
    assert refused.status_code == 403
    borrowed = await ben.post("/users/me/sessions/revoke", {"session_id": session_id})
    assert borrowed.status_code == 400
    assert (await ben.post(f"/users/{ana.id}/sessions/revoke/all")).status_code == 403
    assert (await ben.post("/users/sessions/revoke/all")).status_code == 403
    assert len((await admin.get(f"/users/{ana.id}/sessions")).json()) == 1
    assert await status_with(room, ana.token) == 200


async def test_all_sessions_of_a_user_or_of_everybody_end_together(
    room: Room, admin: Person, ana: Person, ben: Person
) -> None:
    await ana.post("/users/me/sessions/revoke/all")
    assert await status_with(room, ana.token) == 401
    assert await status_with(room, ben.token) == 200

    await admin.post("/users/sessions/revoke/all")
    assert await status_with(room, ben.token) == 401
    assert await status_with(room, admin.token) == 401


async def test_a_session_ends_when_it_is_not_used_and_slides_when_it_is(room: Room, ana: Person) -> None:
    room.configure(session_length_web_in_hours=24)
    used, unused = [(await log_in(room, "ana")).headers["Token"] for _ in range(2)]

    room.clock.turn(millis=DAY_MS - RENEW_AFTER_MS)
    assert await status_with(room, used) == 200
    room.clock.turn(millis=RENEW_AFTER_MS)

    assert await status_with(room, used) == 200
    assert await status_with(room, unused) == 401


async def test_a_password_is_changed_by_who_knows_it_and_other_sessions_end(room: Room, ana: Person) -> None:
    other = (await log_in(room, "ana")).headers["Token"]
    new = {"new_password": "a better one, longer"}

    wrong = await ana.put("/users/me/password", {"current_password": "wrong", **new})
    weak = await ana.put("/users/me/password", {"current_password": PASSWORD, "new_password": "short"})
    changed = await ana.put("/users/me/password", {"current_password": PASSWORD, **new})

    assert (wrong.status_code, wrong.json()["id"]) == (
        400,
        "api.user.check_user_password.invalid.app_error",
    )
    assert (weak.status_code, weak.json()["id"]) == (400, "model.user.is_valid.pwd.app_error")
    assert changed.json() == {"status": "OK"}
    assert await status_with(room, ana.token) == 200
    assert await status_with(room, other) == 401
    assert (await log_in(room, "ana")).status_code == 401
    assert (await log_in(room, "ana", "a better one, longer")).status_code == 200


async def test_administrators_set_passwords_of_others_and_users_do_not(
    room: Room, admin: Person, ana: Person, ben: Person
) -> None:
    new = {"new_password": "a better one, longer"}

    by_ben = await ben.put(f"/users/{ana.id}/password", new)
    by_admin = await admin.put(f"/users/{ana.id}/password", new)

    assert (by_ben.status_code, by_admin.status_code) == (403, 200)
    assert await status_with(room, ana.token) == 401
    assert (await log_in(room, "ana", "a better one, longer")).status_code == 200


async def test_a_session_is_stored_without_its_token(room: Room, ana: Person) -> None:
    async with room.desks.database.read() as work:
        stored = await work.all(Sql("SELECT * FROM sessions"))

    assert stored
    assert all(ana.token not in str(tuple(row[n] for n in range(8))) for row in stored)
