"""What intruders put into cookies, names and bodies, and what comes of it. See docs/build/threats.md."""

import gzip
import json

import pytest

from tests.api.v4.test_files import uploaded
from tests.support.people import PASSWORD, Person, Room
from tests.support.talk import Talk

BROWSER = {"X-Requested-With": "XMLHttpRequest"}
PLANTED = "abcdefghijklmnopqrstuvwxyz"
NASTY_NAMES = ['a"; filename="b.html', "a\r\nSet-Cookie: x=1", "../../etc/passwd", "a\u202egnp.exe"]


def cookies(*, token: str, csrf: str = PLANTED) -> dict[str, str]:
    return {"Cookie": f"MMAUTHTOKEN={token}; MMCSRF={csrf}"}


async def test_a_session_is_always_a_fresh_one(room: Room, ana: Person, ben: Person) -> None:
    theirs = ben.v4.headers["authorization"].split()[1]
    login = {"login_id": "ana", "password": PASSWORD}

    for presented in (PLANTED, theirs):
        headers = BROWSER | cookies(token=presented)
        answer = await room.stranger().post("/users/login", login, headers=headers)

        assert answer.status_code == 200
        assert answer.headers["Token"] != presented
        assert presented not in answer.headers["set-cookie"]
    assert (await ben.get("/users/me")).json()["id"] == ben.id
    assert (await room.stranger().get("/users/me", headers=cookies(token=PLANTED))).status_code == 401


@pytest.mark.parametrize("name", NASTY_NAMES)
async def test_a_files_name_ends_no_header_and_leads_nowhere(ana: Person, talk: Talk, name: str) -> None:
    info = await uploaded(ana, talk, b"<script>", name)

    answer = await ana.get(f"/files/{info['id']}")

    disposition = answer.headers["content-disposition"]
    assert answer.content == b"<script>"
    assert "set-cookie" not in answer.headers
    assert disposition.isascii()
    assert disposition.count('"') <= 2
    assert not any(sign in disposition for sign in ("\r", "\n", "/", "\\"))
    assert "/" not in info["name"]


async def test_a_packed_body_is_not_unpacked(ana: Person) -> None:
    packed = gzip.compress(json.dumps({"nickname": "a" * 10_000_000}).encode())

    answer = await ana.v4.put("/users/me/patch", content=packed, headers={"Content-Encoding": "gzip"})

    assert len(packed) < 20_000
    assert answer.status_code == 400
    assert (await ana.get("/users/me")).json()["nickname"] == ""


async def test_no_name_turns_the_direction_of_what_follows(admin: Person, ana: Person, talk: Talk) -> None:
    turning = "ana\u202etxt\u2066.exe"

    names = dict.fromkeys(("nickname", "position", "first_name", "last_name"), turning)
    profile = (await ana.put("/users/me/patch", names)).json()
    channel = (await ana.put(f"/channels/{talk.channel_id}/patch", {"display_name": turning})).json()
    team = (await admin.put(f"/teams/{channel['team_id']}/patch", {"display_name": turning})).json()

    assert {profile[field] for field in names} == {"anatxt.exe"}
    assert (channel["display_name"], team["display_name"]) == ("anatxt.exe", "anatxt.exe")
    assert (await ana.put("/users/me/patch", {"username": turning})).status_code == 400


@pytest.mark.parametrize(
    "text", ["@" * 16_000, "~a" * 8_000, "[" * 16_000, "a_" * 8_000, "http://" + "a." * 8_000, "`" * 16_000]
)
async def test_texts_made_to_be_slow_to_read_are_posted_and_found(ana: Person, talk: Talk, text: str) -> None:
    made = await talk.say(ana, text[:16_000])
    team_id = (await ana.get(f"/channels/{talk.channel_id}")).json()["team_id"]
    found = await ana.post(f"/teams/{team_id}/posts/search", {"terms": text[:500], "is_or_search": False})

    assert made["message"] == text[:16_000]
    assert found.status_code == 200
