"""The OpenAPI document and its page."""

import re
from typing import Any

import httpx

from tests.support.people import SITE, Room


async def fetched(room: Room, path: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=room.app), base_url=SITE) as client:
        return await client.get(path)


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for item in document["paths"].values() for operation in item.values()]


async def test_the_document_covers_both_faces_and_names_each_operation_once(room: Room) -> None:
    document = (await fetched(room, "/api/docs/openapi.json")).json()

    assert document["openapi"].startswith("3.1")
    assert "/api/v4/users/login" in document["paths"]
    names = [operation["operationId"] for operation in operations(document)]
    assert len(names) == len(set(names))
    assert [operation["operationId"] for operation in operations(document) if not operation["summary"]] == []


async def test_the_document_says_which_routes_need_no_session(room: Room) -> None:
    document = (await fetched(room, "/api/docs/openapi.json")).json()

    assert document["paths"]["/api/v4/system/ping"]["get"]["security"] == []
    assert "security" not in document["paths"]["/api/v4/config"]["get"]


async def test_the_page_shows_every_path_and_loads_nothing(room: Room) -> None:
    document = (await fetched(room, "/api/docs/openapi.json")).json()

    page = await fetched(room, "/api/docs")

    assert page.headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert [path for path in document["paths"] if path not in page.text] == []
    assert re.findall(r"<(?:script|link|img|iframe)|\ssrc=|style=\"|url\(", page.text) == []
