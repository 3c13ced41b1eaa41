"""A forgotten password: the mail, the new password, and what is refused."""

import asyncio
import re
from typing import Any

from commandpost.db import Sql
from commandpost.kernel.clock import SECOND_MS
from commandpost.workspace.actions import mails, password_resets
from tests.support.mail import FROM, Letterbox
from tests.support.patience import PATIENCE_S
from tests.support.people import PASSWORD, SITE, Person, Room

NEW_PASSWORD = "staple battery horse"
_SEALED = Sql("SELECT sealed FROM mails")
_WAITING = Sql("SELECT id FROM mails")
_ENTRIES = Sql("SELECT COUNT(*) FROM audit_entries")
_TOKENS = Sql("SELECT COUNT(*) FROM password_resets")
_HASH = Sql("SELECT token_hash FROM password_resets")


async def ask(person: Person, email: str) -> tuple[int, Any]:
    answer = await person.post("/users/password/reset/send", {"email": email})
    return answer.status_code, answer.json()


async def reset(person: Person, token: str, password: str = NEW_PASSWORD) -> tuple[int, Any]:
    answer = await person.post("/users/password/reset", {"token": token, "new_password": password})
    return answer.status_code, answer.json()


async def log_in(room: Room, username: str, password: str) -> int:
    login = {"login_id": username, "password": password}
    return (await room.stranger().post("/users/login", login)).status_code


async def until_due_in(room: Room, *, seconds: int) -> None:
    """Wait until the next mail is to be sent after so long; the lease of one that is being sent is longer."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            async with room.desks.reading() as desk:
                if await mails.next_due_at(desk) == room.clock.now() + seconds * SECOND_MS:
                    return
            await asyncio.sleep(0.02)


async def sent_token(room: Room, letterbox: Letterbox, person: Person) -> str:
    """The token of a mail that is sent to a person now."""
    before = letterbox.asked
    assert (await ask(room.stranger(), f"{person.username}@example.com"))[0] == 200
    await letterbox.times_asked(before + 1)
    found = re.search(r"/reset_password_complete\?token=(\S+)", letterbox.mails[-1].get_content())
    assert found is not None
    return found[1]


async def test_a_mail_leads_to_a_new_password_and_ends_all_sessions(
    room: Room, letterbox: Letterbox, ana: Person
) -> None:
    token = await sent_token(room, letterbox, ana)

    assert await reset(room.stranger(), token) == (200, {"status": "OK"})

    assert await log_in(room, "ana", PASSWORD) == 401
    assert await log_in(room, "ana", NEW_PASSWORD) == 200
    assert (await ana.get("/users/me")).status_code == 401


async def test_the_mail_says_from_whom_it_is_and_speaks_the_receivers_language(
    room: Room, letterbox: Letterbox, ana: Person
) -> None:
    await ana.put("/users/me/patch", {"locale": "de"})

    await sent_token(room, letterbox, ana)

    mail = letterbox.mails[-1]
    assert (mail["To"], mail["Subject"]) == ("ana@example.com", "Command Post: neues Passwort")
    assert mail["From"] == f"Command Post <{FROM}>"
    assert f"{SITE}/reset_password_complete?token=" in mail.get_content()


async def test_a_link_is_good_once(room: Room, letterbox: Letterbox, ana: Person) -> None:
    first, second = [await sent_token(room, letterbox, ana) for _ in range(2)]
    await reset(room.stranger(), first)

    for used in (first, second, "never sent"):
        status, body = await reset(room.stranger(), used, "another password")

        assert (status, body["id"]) == (400, "api.user.reset_password.invalid_link.app_error")


async def test_a_link_is_good_for_a_day(room: Room, letterbox: Letterbox, ana: Person) -> None:
    token = await sent_token(room, letterbox, ana)
    room.clock.turn(seconds=24 * 3600)

    status, body = await reset(room.stranger(), token)

    assert (status, body["id"]) == (400, "api.user.reset_password.link_expired.app_error")


async def test_a_link_is_dead_when_the_address_has_changed(
    room: Room, letterbox: Letterbox, admin: Person, ana: Person
) -> None:
    token = await sent_token(room, letterbox, ana)
    await admin.put(f"/users/{ana.id}/patch", {"email": "ana@elsewhere.example"})

    assert (await reset(room.stranger(), token))[1]["id"] == "api.user.reset_password.link_expired.app_error"


async def test_a_short_password_is_refused_and_the_link_stays_good(
    room: Room, letterbox: Letterbox, ana: Person
) -> None:
    token = await sent_token(room, letterbox, ana)

    assert (await reset(room.stranger(), token, "short"))[1]["id"] == "model.user.is_valid.pwd.app_error"
    assert (await reset(room.stranger(), token))[0] == 200


async def test_nobody_learns_who_has_an_account(
    room: Room, letterbox: Letterbox, admin: Person, ana: Person, ben: Person
) -> None:
    await admin.delete(f"/users/{ben.id}")

    answers = [await ask(room.stranger(), f"{name}@example.com") for name in ("nobody", "ben", "ana")]

    assert answers == [(200, {"status": "OK"})] * 3
    await letterbox.times_asked(1)
    assert [mail["To"] for mail in letterbox.mails] == ["ana@example.com"]


async def test_the_same_is_done_for_every_address_before_the_answer(
    room: Room, letterbox: Letterbox, ana: Person
) -> None:
    for name in ("nobody", "ana"):
        async with room.desks.writing() as desk:
            waiting = {row["id"] for row in await desk.work.all(_WAITING)}
            before = [await desk.work.value(count) for count in (_TOKENS, _ENTRIES)]
            await password_resets.ask(desk, f"{name}@example.com", address="192.0.2.7")
            # What waited before may be dealt with meanwhile.
            added = {row["id"] for row in await desk.work.all(_WAITING)} - waiting
            after = [await desk.work.value(count) for count in (_TOKENS, _ENTRIES)]
        assert (len(added), after) == (1, before), name

    await letterbox.times_asked(1)


async def test_asking_again_and_again_is_refused_whoever_is_asked_for(
    room: Room, letterbox: Letterbox, ana: Person
) -> None:
    for email in ("ana@example.com", "nobody@example.com"):
        answers = [(await ask(room.stranger(), email))[0] for _ in range(4)]

        assert answers == [200, 200, 200, 429]


async def test_the_token_is_in_the_database_in_no_readable_form(
    room: Room, letterbox: Letterbox, ana: Person
) -> None:
    letterbox.verdict = "451 later"
    await ask(room.stranger(), "ana@example.com")
    await letterbox.times_asked(1)

    async with room.desks.reading() as desk:
        waiting = await desk.work.value(_SEALED)
        kept = await desk.work.value(_HASH)

    assert "ana" not in waiting and "token" not in waiting
    assert re.fullmatch("[0-9a-f]{64}", kept)


async def test_a_mail_server_that_is_ill_is_tried_again(
    room: Room, letterbox: Letterbox, ana: Person
) -> None:
    letterbox.verdict = "451 later"
    await ask(room.stranger(), "ana@example.com")
    await letterbox.times_asked(1)
    await until_due_in(room, seconds=10)
    letterbox.verdict = "250 OK"
    room.clock.turn(seconds=10)
    room.app.state.mails.wake()
    await letterbox.times_asked(2)

    assert [mail["To"] for mail in letterbox.mails] == ["ana@example.com"]


async def test_a_receiver_that_is_not_known_there_is_not_tried_again(
    room: Room, letterbox: Letterbox, ana: Person, ben: Person
) -> None:
    letterbox.receiver_verdict = "550 nobody of that name"
    await ask(room.stranger(), "ana@example.com")
    await letterbox.times_asked(1)
    letterbox.receiver_verdict = "250 OK"

    room.clock.turn(seconds=3600)
    await ask(room.stranger(), "ben@example.com")
    await letterbox.times_asked(2)

    assert [mail["To"] for mail in letterbox.mails] == ["ben@example.com"]


async def test_without_a_mail_server_whoever_asks_is_told(room: Room, ana: Person) -> None:
    status, body = await ask(room.stranger(), "ana@example.com")

    assert (status, body["id"]) == (501, "api.email.not_set_up.app_error")


async def test_both_deeds_are_in_the_audit_log(
    room: Room, letterbox: Letterbox, admin: Person, ana: Person
) -> None:
    await reset(room.stranger(), await sent_token(room, letterbox, ana))

    found = (await admin.get("/audits", params={"action": "user", "subject_id": ana.id})).json()

    actions = {entry["action"] for entry in found}
    assert {"user.password_reset_asked", "user.password_changed"} <= actions
    assert all(entry["ip_address"] for entry in found if entry["action"] == "user.password_reset_asked")


async def test_settings_that_would_spoil_mail_are_refused(admin: Person) -> None:
    for wrong in (
        {"SMTPPort": "0"},
        {"SMTPPort": "smtp"},
        {"ConnectionSecurity": "some"},
        {"FeedbackEmail": "not an address"},
        {"FeedbackName": "Post\nBcc: eve@example.com"},
    ):
        assert (await admin.put("/config/patch", {"EmailSettings": wrong})).status_code == 400
