"""Digests by mail: when they come, what is in them, and what is not."""

from email.message import EmailMessage
from typing import Any

import pytest

from commandpost.incidents.model.digest import Frequency, next_due, zone
from commandpost.kernel.clock import Millis
from commandpost.workspace.actions import mails
from tests.support.clock import START
from tests.support.incidents import Ops
from tests.support.mail import Letterbox
from tests.support.people import SITE, Person, Room

HOUR = 3600
BERLIN = {"useAutomaticTimezone": "false", "automaticTimezone": "", "manualTimezone": "Europe/Berlin"}


async def choose(person: Person, frequency: str) -> None:
    answer = await person.v0.put("/digest", json={"frequency": frequency})
    assert (answer.status_code, answer.json()) == (200, {"frequency": frequency})


async def fire(room: Room) -> None:
    await room.app.state.digests.fire_due()


def parts(mail: EmailMessage) -> tuple[str, str]:
    """A mail as plain text and as HTML."""
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None and html is not None
    return text.get_content(), html.get_content()


async def test_a_digest_comes_in_the_receivers_morning_and_tells_how_it_stands(
    ops: Ops, letterbox: Letterbox
) -> None:
    incident = await ops.incident(ops.ben, name="Disk & <b>full</b>")
    assignment = {"assignee_id": ops.ben.id}
    task = f"/incidents/{incident['id']}/checklists/0/item/2/assignee"
    assert (await ops.ana.v0.put(task, json=assignment)).status_code == 200
    status = {"message": "We look at <script>it</script>", "reminder": 900}
    assert (await ops.ana.v0.post(f"/incidents/{incident['id']}/status", json=status)).status_code == 200
    await ops.ben.put("/users/me/patch", {"timezone": BERLIN})
    await choose(ops.ben, "daily")

    ops.room.clock.turn(seconds=17 * HOUR)  # 14 September, 5:26 UTC: 7:26 in Berlin
    await ops.room.app.state.reminders.fire_due()
    await fire(ops.room)
    assert letterbox.mails == []
    ops.room.clock.turn(seconds=HOUR)
    await fire(ops.room)
    await letterbox.times_asked(1)

    (mail,) = letterbox.mails
    text, html = parts(mail)
    assert (mail["To"], mail["Subject"]) == ("ben@example.com", "Your incidents today")
    for line in (
        "ONGOING",
        "* Disk & <b>full</b>",
        "since 13 Sep 2020 14:26, led by @ana, stage Triage",
        "Last update, 13 Sep 2020 14:26: We look at <script>it</script>",
        "A status update is overdue.",
        "Your open tasks: Look around",
        f"{SITE}/acme/channels/",
        f"{SITE}/account?tab=notifications",
    ):
        assert line in text
    assert "&lt;script&gt;it" in html and "<script>" not in html and "<b>full" not in html

    await fire(ops.room)
    assert letterbox.asked == 1
    ops.room.clock.turn(seconds=24 * HOUR)
    await fire(ops.room)
    await letterbox.times_asked(2)


async def test_it_tells_only_what_its_receiver_may_see_then(ops: Ops, letterbox: Letterbox) -> None:
    left = await ops.incident(ops.ben, name="Left before")
    private = await ops.incident(name="Of others", is_private=True)
    ended = await ops.incident(ops.ben, name="Ended meanwhile")
    await choose(ops.ben, "daily")
    await choose(ops.ana, "daily")
    await ops.ana.delete(f"/channels/{left['channel_id']}/members/{ops.ben.id}")
    await ops.ana.v0.put(f"/incidents/{ended['id']}/end")
    practice = await ops.ana.v0.post(f"/incidents/{ended['id']}/rehearsals", json={"speed": 1})
    assert practice.status_code == 201, practice.text

    ops.room.clock.turn(seconds=24 * HOUR)
    await fire(ops.room)
    await letterbox.times_asked(2)

    text = next(parts(mail)[0] for mail in letterbox.mails if mail["To"] == "ben@example.com")
    assert "ENDED SINCE" in text and "Ended meanwhile" in text
    assert "Left before" not in text and "Of others" not in text
    anas = next(parts(mail)[0] for mail in letterbox.mails if mail["To"] != "ben@example.com")
    assert private["name"] in anas
    assert "Practice" not in anas


async def test_overdue_follow_ups_are_in_it_in_the_receivers_language(ops: Ops, letterbox: Letterbox) -> None:
    incident = await ops.incident(ops.ben)
    wanted = {"title": "Buy disks", "assignee_id": ops.ben.id, "due_at": START + 1000}
    added = await ops.ana.v0.post(f"/incidents/{incident['id']}/follow_ups", json=wanted)
    assert added.status_code == 201
    await ops.ben.put("/users/me/patch", {"locale": "de"})
    await choose(ops.ben, "weekly")

    ops.room.clock.turn(seconds=24 * HOUR)
    await fire(ops.room)
    await letterbox.times_asked(1)

    text, _ = parts(letterbox.mails[0])
    assert letterbox.mails[0]["Subject"] == "Deine Incidents diese Woche"
    assert "DEINE ÜBERFÄLLIGEN FOLGEAUFGABEN" in text and "Buy disks" in text
    assert "fällig 13.09.2020 12:26, von Database is down" in text


async def test_nothing_is_sent_when_there_is_nothing_to_tell_or_nobody_wants_it(
    ops: Ops, letterbox: Letterbox, admin: Person
) -> None:
    await choose(ops.ben, "daily")
    await choose(ops.ana, "daily")
    await ops.incident()
    await choose(ops.ana, "never")
    gone = await ops.room.person("gone")
    await choose(gone, "daily")
    await admin.delete(f"/users/{gone.id}")

    ops.room.clock.turn(seconds=24 * HOUR)
    await fire(ops.room)

    async with ops.room.desks.reading() as desk:
        assert await mails.next_due_at(desk) is None
    assert (await ops.ben.v0.get("/digest")).json() == {"frequency": "daily"}
    assert (await ops.ana.v0.get("/digest")).json() == {"frequency": "never"}


async def test_without_a_mail_server_nothing_waits_for_one(ops: Ops) -> None:
    await ops.incident()
    await choose(ops.ana, "daily")

    ops.room.clock.turn(seconds=24 * HOUR)

    assert await ops.room.app.state.digests.fire_due() > 0


@pytest.mark.parametrize("wrong", [{"frequency": "hourly"}, {"frequency": 1}, {}, None])
async def test_other_frequencies_are_refused(ops: Ops, wrong: Any) -> None:
    assert (await ops.ana.v0.put("/digest", json=wrong)).status_code == 400


def test_mornings_are_those_of_the_clock_on_the_wall() -> None:
    before_dawn = Millis(1_603_501_200_000)  # Saturday, 24 October 2020, 03:00 in Berlin
    berlin = zone("Europe/Berlin")
    saturday = next_due(Frequency.DAILY, berlin, before_dawn)
    sunday = next_due(Frequency.DAILY, berlin, saturday)
    monday = next_due(Frequency.WEEKLY, berlin, before_dawn)

    assert (saturday, sunday - saturday, monday - sunday) == (
        1_603_519_200_000,
        25 * HOUR * 1000,
        24 * HOUR * 1000,
    )
    assert next_due(Frequency.WEEKLY, berlin, monday) - monday == 7 * 24 * HOUR * 1000
    assert next_due(Frequency.DAILY, zone("Nowhere/AtAll"), before_dawn) == next_due(
        Frequency.DAILY, zone(""), before_dawn
    )
