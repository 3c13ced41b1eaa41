"""The short way to a route and the general one, to which a slash at the end leads: no difference is seen."""

import json
from typing import Any

import httpx
import pytest

from tests.support.incidents import Ops
from tests.support.people import Person

PASSING = frozenset({"x-request-id", "date"})


def told(answer: httpx.Response) -> dict[str, Any]:
    """All of an answer but what is another each time."""
    headers = {name: value for name, value in answer.headers.items() if name not in PASSING}
    body: Any = answer.text
    if headers["content-type"] == "application/json":
        body = answer.json()
    if isinstance(body, dict):
        body.pop("request_id", None)
    return {"status": answer.status_code, "headers": headers | {"content-length": ""}, "body": body}


async def both_ways(asked: httpx.AsyncClient, method: str, path: str, **more: Any) -> dict[str, Any]:
    short = told(await asked.request(method, path, **more))
    general = told(await asked.request(method, f"{path}/", **more))

    assert short == general
    return short


@pytest.mark.parametrize(
    ("method", "path", "content", "status"),
    [
        ("GET", "/users/me", b"", 200),
        ("GET", "/users/nobody", b"", 400),
        ("GET", f"/users/{'a' * 26}", b"", 404),
        ("GET", "/nothing/here", b"", 404),
        ("DELETE", "/system/ping", b"", 405),
        ("POST", "/users/ids", b'["x"]', 400),
        ("POST", "/users/ids", b"{bad", 400),
        ("POST", "/users/ids", b'"\\u0000"', 400),
        ("POST", "/users/ids", b"", 400),
        ("POST", "/users/ids", b"[" * 100_000, 400),
        ("PUT", "/users/me/patch", b'{"nickname": 5}', 400),
    ],
)
async def test_v4_answers_the_same(ana: Person, method: str, path: str, content: bytes, status: int) -> None:
    assert (await both_ways(ana.v4, method, path, content=content))["status"] == status


async def test_a_body_that_is_too_large_is_refused_the_same(ana: Person) -> None:
    large = json.dumps(["x" * 5_000_000]).encode()

    assert (await both_ways(ana.v4, "POST", "/users/ids", content=large))["status"] == 413


async def test_who_is_not_signed_in_hears_the_same(ops: Ops) -> None:
    stranger = ops.room.stranger()
    incident = await ops.incident()

    for asked, path in ((stranger.v4, "/users/me"), (stranger.v0, f"/incidents/{incident['id']}")):
        assert (await both_ways(asked, "GET", path))["status"] == 401


async def test_v0_answers_the_same(ops: Ops) -> None:
    incident = await ops.incident()
    task = f"/incidents/{incident['id']}/checklists/0/item/0/state"

    assert (await both_ways(ops.ana.v0, "GET", f"/incidents/{incident['id']}"))["body"] == incident
    closed = await both_ways(ops.ana.v0, "PUT", task, json={"new_state": "closed"})
    unread = await both_ways(ops.ana.v0, "PUT", task, content=b"{bad")
    nowhere = await both_ways(ops.ana.v0, "GET", "/incidents/a.b")
    far = await both_ways(ops.ana.v0, "PUT", task.replace("/item/0", f"/item/{'9' * 12}"), json={})

    assert [one["status"] for one in (closed, unread, nowhere, far)] == [200, 400, 404, 400]


async def test_an_answer_without_content_is_the_same(ops: Ops) -> None:
    incidents = [await ops.incident() for _ in range(2)]

    short, general = [
        told(await ops.ana.v0.put(f"/incidents/{incident['id']}/end{end}"))
        for incident, end in zip(incidents, ("", "/"), strict=True)
    ]

    assert short == general
    assert (short["status"], short["body"]) == (200, "")


async def test_a_file_is_sent_as_a_file_both_ways(ana: Person) -> None:
    assert (await both_ways(ana.v4, "GET", f"/users/{ana.id}/image"))["headers"][
        "content-type"
    ] == "image/png"
