"""Two-factor authentication: set up, asked for at log-in, enforced, switched off."""

import io
from base64 import b64decode
from typing import Any

import pytest
from PIL import Image
from pyotp.totp import TOTP

from commandpost.db import Sql
from tests.support.people import PASSWORD, SITE, Person, Room

_SEALED = Sql("SELECT sealed_secret FROM two_factors")


def code_of(secret: str, room: Room, *, steps: int = 0) -> str:
    """What an app shows now, or some half minutes from now."""
    return TOTP(secret).generate_otp(room.clock.now() // 30_000 + steps)


async def set_up(person: Person, room: Room) -> str:
    """The secret of a person whose log-ins need a code from now on, the present one used up."""
    secret = (await person.post("/users/me/mfa/generate")).json()["secret"]
    answer = await person.put("/users/me/mfa", {"activate": True, "code": code_of(secret, room)})
    assert answer.json() == {"status": "OK"}
    return secret


async def log_in(room: Room, username: str, code: str | None, password: str = PASSWORD) -> tuple[int, Any]:
    login = {"login_id": username, "password": password, "token": code}
    answer = await room.stranger().post("/users/login", login)
    return answer.status_code, answer.json().get("id")


async def test_a_secret_comes_with_a_picture_and_changes_nothing_yet(room: Room, ana: Person) -> None:
    answer = (await ana.post(f"/users/{ana.id}/mfa/generate")).json()

    picture = Image.open(io.BytesIO(b64decode(answer["qr_code"])))
    assert (picture.format, picture.width > 100, len(answer["secret"])) == ("PNG", True, 32)
    assert await log_in(room, "ana", "") == (200, ana.id)


async def test_logging_in_needs_a_code_once_it_is_activated(room: Room, ana: Person) -> None:
    secret = await set_up(ana, room)
    room.clock.turn(seconds=30)

    missing = [await log_in(room, "ana", code) for code in (None, "", "12345", "seven digits")]
    right = await log_in(room, "ana", code_of(secret, room))

    assert missing == [(400, "mfa.validate_token.authenticate.app_error")] * 4
    assert right == (200, ana.id)
    assert (await ana.get("/users/me")).json()["mfa_active"] is True


async def test_only_who_has_the_password_learns_that_a_code_is_needed(room: Room, ana: Person) -> None:
    await set_up(ana, room)

    assert (await log_in(room, "ana", "", "wrong"))[1] == "api.user.login.invalid_credentials_email_username"
    for name in ("ana", "nobody"):
        answer = await room.stranger().post("/users/mfa", {"login_id": name})
        assert answer.json() == {"mfa_required": False}


async def test_a_code_is_good_once_and_about_now(room: Room, ana: Person) -> None:
    secret = await set_up(ana, room)
    used = code_of(secret, room)
    room.clock.turn(seconds=90)
    tries = {steps: code_of(secret, room, steps=steps) for steps in (-2, 2, -1, 1, 0)}

    answers = {steps: await log_in(room, "ana", code) for steps, code in tries.items()}

    refused = (401, "api.user.check_user_mfa.bad_code.app_error")
    assert answers == {-2: refused, 2: refused, -1: (200, ana.id), 1: (200, ana.id), 0: refused}
    assert await log_in(room, "ana", tries[1]) == refused
    assert await log_in(room, "ana", used) == refused


async def test_guessing_codes_locks_the_account_and_is_in_the_audit_log(
    room: Room, admin: Person, ana: Person
) -> None:
    room.configure(maximum_login_attempts=3)
    secret = await set_up(ana, room)
    room.clock.turn(seconds=30)
    right = code_of(secret, room)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"

    statuses = [(await log_in(room, "ana", code))[0] for code in (wrong, wrong, wrong, right)]

    found = (await admin.get("/audits", params={"action": "session.refused"})).json()
    assert statuses == [401, 401, 401, 429]
    assert [entry["after"] for entry in found if entry["subject_id"] == ana.id] == [{"reason": "code"}] * 3


async def test_a_wrong_code_activates_nothing(room: Room, ana: Person) -> None:
    before = await ana.put("/users/me/mfa", {"activate": True, "code": "123456"})
    secret = (await ana.post("/users/me/mfa/generate")).json()["secret"]
    late = await ana.put("/users/me/mfa", {"activate": True, "code": code_of(secret, room, steps=5)})

    for answer in (before, late):
        assert (answer.status_code, answer.json()["id"]) == (401, "mfa.activate.bad_token.app_error")
    assert await log_in(room, "ana", "") == (200, ana.id)


async def test_a_secret_in_use_is_not_replaced(room: Room, ana: Person) -> None:
    await set_up(ana, room)

    assert (await ana.post("/users/me/mfa/generate")).status_code == 409
    assert (await ana.put("/users/me/mfa", {"activate": True, "code": "123456"})).status_code == 409


async def test_only_oneself_sets_it_up(room: Room, admin: Person, ana: Person, ben: Person) -> None:
    for other in (admin, ben):
        assert (await other.post(f"/users/{ana.id}/mfa/generate")).status_code == 403
        activation = {"activate": True, "code": "123456"}
        assert (await other.put(f"/users/{ana.id}/mfa", activation)).status_code == 403


@pytest.mark.parametrize("by", ["ana", "admin"])
async def test_it_is_switched_off_by_oneself_and_by_administrators(
    room: Room, admin: Person, ana: Person, ben: Person, by: str
) -> None:
    await set_up(ana, room)
    off = {"activate": False}

    assert (await ben.put(f"/users/{ana.id}/mfa", off)).status_code == 403
    assert (await log_in(room, "ana", ""))[0] == 400
    assert (await (admin if by == "admin" else ana).put(f"/users/{ana.id}/mfa", off)).status_code == 200

    assert await log_in(room, "ana", "") == (200, ana.id)
    found = (await admin.get("/audits", params={"action": "user", "subject_id": ana.id})).json()
    deeds = {entry["action"]: entry["user_id"] for entry in found}
    assert deeds["user.two_factor_activated"] == ana.id
    assert deeds["user.two_factor_deactivated"] == {"admin": admin.id, "ana": ana.id}[by]


async def test_a_new_password_leaves_it_on(room: Room, ana: Person) -> None:
    await set_up(ana, room)
    change = {"current_password": PASSWORD, "new_password": "staple battery horse"}
    await ana.put("/users/me/password", change)

    assert (await log_in(room, "ana", "", "staple battery horse"))[0] == 400


async def test_the_secret_is_in_the_database_in_no_readable_form(room: Room, ana: Person) -> None:
    secret = await set_up(ana, room)

    async with room.desks.reading() as desk:
        sealed = await desk.work.value(_SEALED)

    assert secret not in sealed
    assert room.desks.vault.opened(sealed) == secret


async def test_others_do_not_see_who_has_it(room: Room, ana: Person, ben: Person) -> None:
    await set_up(ana, room)

    assert "mfa_active" not in (await ben.get(f"/users/{ana.id}")).json()


async def test_switched_off_for_the_server_nobody_needs_or_gets_it(
    room: Room, admin: Person, ana: Person, ben: Person
) -> None:
    await set_up(ana, room)
    settings = {"ServiceSettings": {"EnableMultifactorAuthentication": False}}
    await admin.put("/config/patch", settings)

    answer = await ben.post("/users/me/mfa/generate")

    assert (answer.status_code, answer.json()["id"]) == (501, "mfa.mfa_disabled.app_error")
    assert await log_in(room, "ana", "") == (200, ana.id)


async def test_enforced_nobody_gets_far_without(room: Room, admin: Person, ana: Person, ben: Person) -> None:
    settings = {"ServiceSettings": {"EnforceMultifactorAuthentication": True}}
    await admin.put("/config/patch", settings)
    await set_up(ana, room)

    refused = [
        await ben.get("/users/me/teams"),
        await ben.put("/users/me/patch", {"nickname": "Benny"}),
        await ben.v0.get("/playbooks", params={"team_id": ben.id}),
        await admin.get("/config"),
    ]
    made = await admin.post("/users", {"username": "cleo", "email": "cleo@example.com", "password": PASSWORD})

    assert [answer.status_code for answer in refused] == [401] * 4
    assert {answer.json()["id"] for answer in (refused[0], refused[1], refused[3])} == {
        "api.context.mfa_required.app_error"
    }
    assert made.status_code == 403
    assert (await ben.get("/users/me")).status_code == 200
    assert (await ana.get("/users/me/teams")).status_code == 200
    assert (await room.stranger().get(f"{SITE}/api/v4/config/client?format=old")).json()[
        "EnforceMultifactorAuthentication"
    ] == "true"

    await set_up(ben, room)
    assert (await ben.get("/users/me/teams")).status_code == 200
    assert (await admin.post("/users/logout")).status_code == 200
