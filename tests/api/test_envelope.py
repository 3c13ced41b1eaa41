"""What every answer carries, whatever was asked."""

import re

import pytest

from commandpost.kernel.ids import is_id
from tests.support.people import Person, Room

PATHS = ["/system/ping", "/users/me", "/no/such/route", "/users/not-an-id"]


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_has_a_request_id_a_version_and_safety_headers(room: Room, path: str) -> None:
    answer = await room.stranger().get(path)

    assert is_id(answer.headers["X-Request-Id"])
    assert re.fullmatch(r"5\.31\.7\.5\.31\.7\.[0-9a-f]{32}\.false", answer.headers["X-Version-Id"])
    assert answer.headers["Expires"] == "0"
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_an_error_names_the_request_that_its_header_names(room: Room) -> None:
    answer = await room.stranger().get("/users/me")

    assert answer.json()["request_id"] == answer.headers["X-Request-Id"]


async def test_the_version_changes_with_the_settings(room: Room, admin: Person) -> None:
    before = (await admin.get("/system/ping")).headers["X-Version-Id"]

    await admin.put("/config/patch", {"TeamSettings": {"SiteName": "Elsewhere"}})

    assert (await admin.get("/system/ping")).headers["X-Version-Id"] != before


async def test_other_sites_are_let_in_only_from_where_the_administrator_says(
    room: Room, admin: Person
) -> None:
    origin = {"Origin": "https://status.example.com"}
    preflight = {**origin, "Access-Control-Request-Method": "POST"}
    refused = await admin.get("/users/me", headers=origin)

    room.configure(allow_cors_from="https://status.example.com https://other.example.com")
    allowed = await admin.get("/users/me", headers=origin)
    asked = await room.stranger().v4.options("/posts", headers=preflight)
    stranger = await admin.get("/users/me", headers={"Origin": "https://evil.example.com"})

    assert "Access-Control-Allow-Origin" not in refused.headers
    assert allowed.headers["Access-Control-Allow-Origin"] == origin["Origin"]
    assert asked.status_code == 204
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Origin" not in stranger.headers
