"""Logging in and out, and sessions, over REST v4."""

from tests.support.people import PASSWORD, Person, Room


async def test_a_password_gives_a_token_that_is_the_user(room: Room, ana: Person) -> None:
    stranger = room.stranger()

    answer = await stranger.post("/users/login", {"login_id": "ana", "password": PASSWORD})

    assert answer.status_code == 200, answer.text
    token = answer.headers["Token"]
    me = await stranger.get("/users/me", headers={"Authorization": f"BEARER {token}"})
    assert me.json()["id"] == ana.id
    assert "set-cookie" not in answer.headers
