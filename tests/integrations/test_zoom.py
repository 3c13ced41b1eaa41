"""Zoom, as its documentation describes server-to-server OAuth and the meetings API."""

import base64

import pytest

from commandpost.integrations import Outcome
from tests.integrations.bench import Bench
from tests.support.stand_in import Said

MEETINGS, TOKEN = "/v2/users/me/meetings", "/oauth/token"
MEETING = Said(
    status=201,
    body={
        "id": 85746065432,
        "join_url": "https://acme.zoom.us/j/85746065432?pwd=x",
        "start_url": "https://acme.zoom.us/s/85746065432?zak=very-secret",
        "password": "x",
        "status": "waiting",
    },
)


def token(value: str, *, expires_in: int = 3599) -> Said:
    return Said(body={"access_token": value, "token_type": "bearer", "expires_in": expires_in, "scope": ""})


async def test_a_meeting_is_opened_and_its_link_kept(zoom: Bench) -> None:
    zoom.tool.tell("POST", TOKEN, token("t1"))
    zoom.tool.tell("POST", MEETINGS, MEETING)

    answer = await zoom.run("start")

    signing_in, asked = zoom.tool.asked
    assert signing_in.form == {"grant_type": "account_credentials", "account_id": "acc"}
    assert signing_in.headers["authorization"] == "Basic " + base64.b64encode(b"id:zoom-secret").decode()
    assert asked.headers["authorization"] == "Bearer t1"
    assert asked.json["topic"] == "Checkout is down"
    assert asked.json["settings"]["join_before_host"] is True
    assert "[Join](https://acme.zoom.us/j/85746065432?pwd=x)" in answer.posted
    [link] = answer.links
    assert (link.title, link.reference) == ("Checkout is down", "85746065432")
    assert "very-secret" not in f"{answer}"


async def test_a_token_is_used_until_it_expires(zoom: Bench) -> None:
    zoom.tool.tell("POST", TOKEN, token("t1"), token("t2"))
    zoom.tool.tell("POST", MEETINGS, MEETING)

    await zoom.run("start")
    zoom.clock.turn(seconds=3500)
    await zoom.run("start again")
    zoom.clock.turn(seconds=60)
    await zoom.run("start once more")

    used = [one.headers["authorization"] for one in zoom.tool.asked_for("POST", MEETINGS)]
    assert used == ["Bearer t1", "Bearer t1", "Bearer t2"]


async def test_a_token_is_not_used_for_other_settings(zoom: Bench) -> None:
    zoom.tool.tell("POST", TOKEN, token("t1"), token("t2"))
    zoom.tool.tell("POST", MEETINGS, MEETING)

    await zoom.run("start")
    zoom.settings["client_secret"] = "another"
    await zoom.run("start")

    assert zoom.tool.asked_for("POST", MEETINGS)[-1].headers["authorization"] == "Bearer t2"


async def test_a_token_that_is_refused_is_asked_for_anew_by_the_next_call(zoom: Bench) -> None:
    zoom.tool.tell("POST", TOKEN, token("t1"), token("t2"))
    revoked = Said(status=401, body={"code": 124, "message": "Invalid access token."})
    zoom.tool.tell("POST", MEETINGS, revoked, MEETING)

    failed = await zoom.refused("start")
    await zoom.run("start")

    assert failed.outcome is Outcome.UNAUTHORIZED
    assert zoom.tool.asked_for("POST", MEETINGS)[-1].headers["authorization"] == "Bearer t2"


async def test_the_newest_meeting_of_the_incident_is_ended(zoom: Bench) -> None:
    zoom.tool.tell("POST", TOKEN, token("t1"))
    zoom.tool.tell("POST", MEETINGS, MEETING)
    zoom.tool.tell("PUT", "/v2/meetings/85746065432/status", Said(status=204))

    await zoom.run("start")
    answer = await zoom.run("end")

    assert zoom.tool.asked[-1].json == {"action": "end"}
    assert answer.posted == "@ana ended the Zoom meeting 85746065432."


async def test_a_meeting_is_ended_by_its_number(zoom: Bench) -> None:
    zoom.tool.tell("POST", TOKEN, token("t1"))
    zoom.tool.tell("PUT", "/v2/meetings/12345678901/status", Said(status=204))
    gone = Said(status=404, body={"code": 3001, "message": "Meeting does not exist: 2."})
    zoom.tool.tell("PUT", "/v2/meetings/2/status", gone)

    await zoom.run("end 123 4567 8901")
    failed = await zoom.refused("end 2")

    assert failed.message == "Zoom has no meeting 2; it may have ended (404)."


@pytest.mark.parametrize("typed", ["end", "end everything", "end ../users"])
async def test_what_makes_no_sense_is_not_sent(zoom: Bench, typed: str) -> None:
    assert await zoom.outcome(typed) is Outcome.REFUSED
    assert zoom.tool.asked == []


@pytest.mark.parametrize(
    "said",
    [
        Said(status=400, body={"reason": "Invalid client_id or client_secret", "error": "invalid_client"}),
        Said(status=401, body={"reason": "Invalid client_id or client_secret", "error": "invalid_client"}),
    ],
)
async def test_credentials_that_are_not_accepted_are_named(zoom: Bench, said: Said) -> None:
    zoom.tool.tell("POST", TOKEN, said)

    failed = await zoom.refused("start")

    assert failed.outcome is Outcome.UNAUTHORIZED
    assert "account ID, client ID and client secret" in failed.message


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://x.example/) [now](https://evil.example"])
async def test_an_address_that_could_play_tricks_is_not_posted(zoom: Bench, address: str) -> None:
    zoom.tool.tell("POST", TOKEN, token("t1"))
    zoom.tool.tell("POST", MEETINGS, Said(status=201, body={"id": 1, "join_url": address}))

    assert await zoom.outcome("start") is Outcome.MALFORMED


async def test_the_trial_tells_who_holds_the_meetings(zoom: Bench) -> None:
    zoom.tool.tell("POST", TOKEN, token("t1"))
    zoom.tool.tell("GET", "/v2/users/me", Said(body={"email": "host@acme.example", "type": 2}))

    assert await zoom.integration.health(zoom.tools) == "Signed in. Meetings are held by host@acme.example."
