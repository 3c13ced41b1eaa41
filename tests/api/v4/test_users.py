"""Accounts over REST v4."""

from tests.support.people import PASSWORD, Person, Room


async def test_the_first_user_of_an_empty_server_becomes_its_administrator(room: Room) -> None:
    stranger = room.stranger()

    first = await stranger.post(
        "/users", {"username": "Ana", "email": "Ana@Example.com", "password": PASSWORD}
    )

    assert first.status_code == 201, first.text
    assert first.json()["roles"] == "system_user system_admin"
    assert first.json()["username"] == "ana"
    assert first.json()["email"] == "ana@example.com"


async def test_me_is_the_caller(ana: Person) -> None:
    answer = await ana.get("/users/me")

    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["id"] == ana.id
