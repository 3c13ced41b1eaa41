"""Preferences, statuses, pictures and what roles mean, over REST v4."""

import io

import pytest
from PIL import Image

from tests.support.listeners import listening
from tests.support.people import Person, Room
from tests.support.talk import Talk


def preference(person: Person, name: str, value: str, category: str = "theme") -> dict[str, str]:
    return {"user_id": person.id, "category": category, "name": name, "value": value}


def picture(width: int, height: int, kind: str = "JPEG") -> bytes:
    encoded = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(encoded, kind)
    return encoded.getvalue()


async def test_preferences_are_kept_changed_and_forgotten(ana: Person) -> None:
    kept = await ana.put(
        "/users/me/preferences",
        [preference(ana, "one", "1"), preference(ana, "two", "2", "display_settings")],
    )
    await ana.put("/users/me/preferences", [preference(ana, "one", "uno")])

    assert kept.json() == {"status": "OK"}
    assert len((await ana.get("/users/me/preferences")).json()) == 2
    assert (await ana.get("/users/me/preferences/theme")).json() == [preference(ana, "one", "uno")]
    one = await ana.get(f"/users/{ana.id}/preferences/theme/name/one")
    assert one.json() == preference(ana, "one", "uno")
    await ana.post("/users/me/preferences/delete", [preference(ana, "one", "")])
    assert (await ana.get("/users/me/preferences/theme")).status_code == 404
    assert (await ana.get("/users/me/preferences/theme/name/one")).status_code == 404


async def test_preferences_are_ones_own(admin: Person, ana: Person, ben: Person) -> None:
    assert (await ben.get(f"/users/{ana.id}/preferences")).status_code == 403
    assert (await ben.put("/users/me/preferences", [preference(ana, "one", "1")])).status_code == 403
    assert (await ben.put(f"/users/{ana.id}/preferences", [preference(ana, "a", "1")])).status_code == 403
    mixed = [preference(ben, "one", "1"), preference(ana, "two", "2")]
    assert (await ben.put("/users/me/preferences", mixed)).status_code == 403
    assert (await ben.get("/users/me/preferences")).json() == []


@pytest.mark.parametrize(
    "wrong", [{"category": ""}, {"category": "x" * 33}, {"name": "x" * 33}, {"value": "x" * 20001}]
)
async def test_a_preference_that_breaks_a_rule_is_not_kept(ana: Person, wrong: dict[str, str]) -> None:
    good = preference(ana, "good", "1")

    answer = await ana.put("/users/me/preferences", [good, {**good, **wrong}])

    assert answer.status_code == 400
    assert (await ana.get("/users/me/preferences")).json() == []
    assert (await ana.put("/users/me/preferences", [])).status_code == 400


async def test_a_status_is_chosen_and_seen_by_others(room: Room, ana: Person, ben: Person) -> None:
    chosen = (await ana.put("/users/me/status", {"user_id": ana.id, "status": "away"})).json()
    seen = (await ben.get(f"/users/{ana.id}/status")).json()
    several = (await ben.post("/users/status/ids", [ana.id, ben.id, "a" * 26])).json()

    assert (chosen["status"], chosen["manual"]) == ("away", True)
    assert seen == chosen
    assert [status["status"] for status in several] == ["away", "offline", "offline"]
    assert (await ben.put(f"/users/{ana.id}/status", {"status": "online"})).status_code == 403
    assert (await ana.put("/users/me/status", {"status": "asleep"})).status_code == 400
    assert (await ana.put("/users/me/status", {"user_id": ben.id, "status": "away"})).status_code == 400
    assert (await ana.get("/users/aaaaaaaaaaaaaaaaaaaaaaaaaa/status")).status_code == 404


async def test_do_not_disturb_ends_by_itself(room: Room, ana: Person) -> None:
    await ana.put("/users/me/status", {"status": "online"})
    end_s = room.clock.now() // 1000 + 60

    during = (await ana.put("/users/me/status", {"status": "dnd", "dnd_end_time": end_s})).json()
    room.clock.turn(seconds=61)
    after = (await ana.get("/users/me/status")).json()

    assert (during["status"], during["dnd_end_time"]) == ("dnd", end_s)
    assert (after["status"], after["dnd_end_time"], after["manual"]) == ("online", 0, False)


async def test_typing_is_told_to_the_members_of_the_channel(
    admin: Person, ana: Person, ben: Person, talk: Talk
) -> None:
    client = listening(talk.room, ben, talk.channel_id)
    body = {"channel_id": talk.channel_id, "parent_id": ""}

    typed = await ana.post("/users/me/typing", body)
    others = await ben.post(f"/users/{ana.id}/typing", body)
    outside = await admin.post("/users/me/typing", body)

    assert typed.json() == {"status": "OK"}
    assert [one.status_code for one in (others, outside)] == [403, 403]
    assert [frame["data"] for frame in client.read()] == [{"parent_id": "", "user_id": ana.id}]


async def test_everybody_has_a_picture(ana: Person, ben: Person) -> None:
    for path in (f"/users/{ben.id}/image?_=0", f"/users/{ben.id}/image/default", "/users/me/image"):
        answer = await ana.get(path)
        assert answer.headers["content-type"] == "image/png"
        assert "max-age" in answer.headers["cache-control"]
        assert Image.open(io.BytesIO(answer.content)).size == (128, 128)
    assert (await ana.get("/users/aaaaaaaaaaaaaaaaaaaaaaaaaa/image")).status_code == 404


async def test_a_picture_is_uploaded_fitted_and_taken_away(ana: Person, ben: Person) -> None:
    drawn = (await ben.get(f"/users/{ana.id}/image")).content

    uploaded = await ana.v4.post("/users/me/image", files={"image": ("me.jpg", picture(300, 200))})
    shown = await ben.get(f"/users/{ana.id}/image")
    updated = (await ben.get(f"/users/{ana.id}")).json()["last_picture_update"]
    deleted = await ana.delete("/users/me/image")

    assert uploaded.json() == {"status": "OK"}
    with Image.open(io.BytesIO(shown.content)) as image:
        assert (image.format, image.size) == ("PNG", (128, 128))
        assert image.convert("RGB").getpixel((64, 64)) == (254, 0, 0)
    assert updated > 0
    assert deleted.json() == {"status": "OK"}
    assert (await ben.get(f"/users/{ana.id}/image")).content == drawn


async def test_what_is_no_picture_or_too_large_is_refused(ana: Person, ben: Person) -> None:
    text = await ana.v4.post("/users/me/image", files={"image": ("me.png", b"not a picture")})
    other_field = await ana.v4.post("/users/me/image", files={"picture": ("me.png", picture(8, 8))})
    large = await ana.v4.post("/users/me/image", files={"image": ("me.png", picture(6000, 5000, "PNG"))})
    others = await ana.v4.post(f"/users/{ben.id}/image", files={"image": ("me.png", picture(8, 8))})

    assert [answer.status_code for answer in (text, other_field, large, others)] == [400, 400, 413, 403]


async def test_a_bot_has_an_icon_once_it_is_uploaded(admin: Person, ana: Person) -> None:
    bot_id = (await admin.post("/bots", {"username": "robot"})).json()["user_id"]

    assert (await ana.get(f"/bots/{bot_id}/icon")).status_code == 404
    refused = await ana.v4.post(f"/bots/{bot_id}/icon", files={"image": ("b.png", picture(9, 9))})
    assert refused.status_code == 403
    await admin.v4.post(f"/bots/{bot_id}/icon", files={"image": ("b.png", picture(9, 9, "PNG"))})
    assert (await ana.get(f"/bots/{bot_id}/icon")).headers["content-type"] == "image/png"
    await admin.delete(f"/bots/{bot_id}/icon")
    assert (await ana.get(f"/bots/{bot_id}/icon")).status_code == 404


async def test_roles_say_what_they_grant(admin: Person, ana: Person) -> None:
    named = (await ana.post("/roles/names", ["system_user", "channel_admin", "nothing"])).json()
    admins = (await ana.get("/roles/name/system_admin")).json()

    assert [role["name"] for role in named] == ["system_user", "channel_admin"]
    assert "create_direct_channel" in named[0]["permissions"]
    assert "manage_system" in admins["permissions"]
    assert (await ana.get(f"/roles/{admins['id']}")).json() == admins
    assert (await ana.get("/roles/name/nothing")).status_code == 404
    assert (await ana.get("/roles/aaaaaaaaaaaaaaaaaaaaaaaaaa")).status_code == 404
    assert (await ana.get("/roles")).status_code == 403
    assert len((await admin.get("/roles")).json()) == 12


async def test_there_are_no_custom_emoji(ana: Person) -> None:
    assert (await ana.get("/emoji?page=0&per_page=10")).json() == []
    assert (await ana.get("/emoji/autocomplete?name=a")).json() == []
    assert (await ana.post("/emoji/search", {"term": "a"})).json() == []
    assert (await ana.post("/emoji/names", ["a"])).json() == []
    assert (await ana.get("/emoji/name/party")).status_code == 404
    assert (await ana.get("/emoji/aaaaaaaaaaaaaaaaaaaaaaaaaa")).status_code == 404
