"""What no database can hold, in addresses and queries: refused or not found, never a fault."""

import pytest

from tests.support.people import Person


@pytest.mark.parametrize("odd", ["%00", "a%00b", "%ed%a0%80", "%ff", "%F0%9F%94%A5" * 50, "%25", "'"])
async def test_odd_text_in_an_address_finds_nothing(ana: Person, odd: str) -> None:
    paths = [
        f"/users/username/{odd}",
        f"/users/email/{odd}",
        f"/users/{odd}",
        f"/teams/name/{odd}",
        f"/teams/name/{odd}/exists",
        f"/users/me/preferences/{odd}",
        f"/users/me/preferences/a/name/{odd}",
        f"/roles/name/{odd}",
        f"/emoji/name/{odd}",
        f"/users?role={odd}&sort=",
        f"/users?in_team={odd}",
        f"/users/autocomplete?name={odd}",
        f"/users/me/teams/unread?exclude_team={odd}",
        f"/bots?page={odd}&per_page={odd}&include_deleted={odd}",
    ]
    for path in paths:
        answer = await ana.get(path)
        assert answer.status_code < 500, (path, answer.text)


@pytest.mark.parametrize("number", ["-1", "1e9", "9" * 30, "", "²", "٣", "0x10", " 5 "])
async def test_odd_numbers_fall_back(ana: Person, number: str) -> None:
    answer = await ana.get("/users", params={"page": "0", "per_page": number})
    usual = await ana.get("/users")

    assert answer.status_code == 200
    assert answer.json() == usual.json()


async def test_pages_far_past_the_end_are_empty(ana: Person) -> None:
    answer = await ana.get("/users", params={"page": "9" * 18})

    assert answer.json() == []
