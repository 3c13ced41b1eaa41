"""What intruders put into cookies, names and bodies, and what comes of it. See docs/build/threats.md."""

import gzip

import pytest

from tests.api.v4.test_files import uploaded
from tests.support.people import PASSWORD, SITE, Person, Room
from tests.support.routes import every_route
from tests.support.talk import Talk

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
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


@ON_SQLITE
@pytest.mark.parametrize(
    "way", ["..%2f..%2f..%2fetc%2fpasswd", "..%5c..%5cetc%5cpasswd", "%2fetc%2fpasswd%00"]
)
async def test_no_name_in_an_address_leads_out_of_a_folder(room: Room, admin: Person, way: str) -> None:
    names = dict.fromkeys(("filename", "team_id", "channel_id"), "../../etc/passwd")

    for route in (one for one in every_route(room.app) if one.method == "GET"):
        path = route.path(dict.fromkeys(route.parameters, way))
        answer = await admin.v4.get(SITE + path, params=names)

        assert answer.status_code != 500, route
        assert "root:" not in answer.text, route


@ON_SQLITE
async def test_what_proves_who_somebody_is_comes_back_in_no_error_and_no_redirect(
    room: Room, admin: Person, ana: Person, talk: Talk
) -> None:
    post = await talk.say(ana, "hello")
    token, hook = (
        ana.token,
        (await admin.post("/hooks/incoming", {"channel_id": talk.channel_id})).json()["id"],
    )
    reset = {"token": "a-reset-token-of-a-mail", "new_password": PASSWORD + token}
    secrets = (token, hook, reset["token"], PASSWORD)
    login = {"login_id": "ana", "password": PASSWORD + token}
    stranger = room.stranger()
    answers = [
        await ana.get(f"/no/such/route?access_token={token}"),
        await ana.get(f"/users/{token}"),
        await ana.post("/posts", {"channel_id": token, "message": 7}),
        await ana.v4.get(f"{SITE}/_redirect/pl/{post['id']}?access_token={token}"),
        await stranger.v4.get(f"{SITE}/_redirect/pl/{post['id']}?access_token={token}"),
        await stranger.v4.get(f"{SITE}/{token}/"),
        await stranger.v4.post(f"{SITE}/hooks/{hook}", content=b"{"),
        await stranger.post("/users/login", login),
        await stranger.post("/users/password/reset", reset),
        await stranger.get("/users/me", headers={"Authorization": f"Bearer {token}x"}),
    ]

    for answer in answers:
        told = answer.text + "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
        assert answer.status_code >= 300
        assert not [secret for secret in secrets if secret in told], answer.request.url
        assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_a_packed_body_is_not_unpacked(ana: Person) -> None:
    packed = gzip.compress(b'{"nickname": "An"' + b" " * 3_000_000 + b"}")

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
