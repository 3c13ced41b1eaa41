"""Bad input to every route: refused in the face's shape, nothing changed, nothing logged as a crash."""

from collections.abc import Iterator
from typing import Any, cast

import httpx
import msgspec
import pytest
import structlog
from msgspec import inspect

from commandpost.db import Sql, schema
from tests.support.people import SITE, Person, Room
from tests.support.routes import Names, Route, every_route

_MEGABYTE = 1_000_000
_HUGE = 2**63

BODIES = {
    "malformed": b'{"a": ',
    "not JSON": b"<xml/>",
    "not UTF-8": b'{"a": "\xff\xfe"}',
    "escaped NUL": b'{"a": "x\\u0000y"}',
    "raw NUL": b'{"a": "x\x00y"}',
    "unpaired surrogate": b'{"a": "\\ud800"}',
    "surrogate in UTF-8": b'{"a": "\xed\xa0\x80"}',
    "wrong type": b"4.5",
    "null": b"null",
    "deep nesting": b'{"a":' + b"[" * 200_000,
    "ten megabytes": b'{"a": "' + b"x" * (10 * _MEGABYTE) + b'"}',
}
MAY_BE_EMPTY = {"null"}

BAD_NAMES = ["x", "y" * 27, "%00", "%ff%fe", "%ED%A0%80", "..%2f..", "'%20OR%201=1", "-1", "x" * 3000]

BAD_QUERIES = [
    "page=-1&per_page=-5&since=-1&limit=-1",
    f"page={_HUGE}&per_page={_HUGE}&since={_HUGE * 2}&limit={_HUGE}",
    "page=one&per_page=&since=yesterday&sort=secret&direction=sideways&status=lost&order_by=%27",
    "page=%00&term=%00&name=%00&q=%00&in_team=%00&team_id=%00&channel_id=%00&before=%00&after=%00",
    "name=%ff&in_channel=%ED%A0%80&term=%ED%A0%80&search_term=%ED%A0%80&team_id=%ED%A0%80",
    "term=" + "x" * 5000 + "&search_term=" + "y" * 5000,
    "&&&===%%%&page",
]

BAD_VALUES: list[Any] = [None, "", "x" * 100_000, -1, _HUGE, -(2**70), 1e300, True, [], {}, [None], {"": {}}]

_CHANGES_BY_ITSELF = {"login_failures", "sessions", "statuses"}


@pytest.fixture
def log() -> Iterator[list[Any]]:
    """What is logged meanwhile; at the end there is no error in it."""
    with structlog.testing.capture_logs() as lines:
        yield lines
    assert [line for line in lines if line["log_level"] in ("error", "critical")] == []


def as_(person: Person, room: Room) -> httpx.AsyncClient:
    app: Any = room.app  # httpx has types of its own for ASGI
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx.AsyncClient(
        transport=transport, base_url=SITE, headers={"Authorization": f"Bearer {person.token}"}, timeout=60
    )


async def everything_kept(room: Room) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for those that change by being asked."""
    kept: dict[str, list[tuple[Any, ...]]] = {}
    async with room.desks.reading() as desk:
        for name in sorted(set(schema.metadata.tables) - _CHANGES_BY_ITSELF):
            rows = await desk.work.all(Sql(f"SELECT * FROM {name}"))
            kept[name] = sorted(tuple(cast("Any", row)) for row in rows)
    return kept


def complaint(route: Route, answer: httpx.Response) -> str:
    """What is wrong with the shape of a refusal; "" if nothing is."""
    if answer.headers["Content-Type"] != "application/json":
        is_plain_401 = route.is_v0 and answer.status_code == 401
        return "" if is_plain_401 else f"{route}: {answer.headers['Content-Type']}"
    if "/reminder/button-" in route.template and answer.text == "null":
        return ""
    keys = set(answer.json())
    wanted = {"error"} if route.is_v0 else {"id", "message", "detailed_error", "request_id", "status_code"}
    return "" if keys == wanted else f"{route}: {answer.text[:200]}"


@pytest.mark.parametrize("what", BODIES)
async def test_bodies_that_cannot_be_understood_are_refused_and_change_nothing(
    room: Room, admin: Person, names: Names, log: list[Any], what: str
) -> None:
    before = await everything_kept(room)
    wrong: list[str] = []

    async with as_(admin, room) as client:
        for route in every_route(room.app):
            if route.body is None or (what in MAY_BE_EMPTY and is_optional(route.body)):
                continue
            answer = await client.request(route.method, route.path(names), content=BODIES[what])
            if not 400 <= answer.status_code < 500:
                wrong.append(f"{route}: {answer.status_code} {answer.text[:200]}")
            else:
                wrong.append(complaint(route, answer))

    assert [line for line in wrong if line] == []
    assert await everything_kept(room) == before


def is_optional(kind: Any) -> bool:
    shape = inspect.type_info(kind)
    return isinstance(shape, inspect.UnionType) and any(isinstance(t, inspect.NoneType) for t in shape.types)


@pytest.mark.parametrize("bad", BAD_NAMES)
async def test_addresses_that_name_nothing_are_refused(
    room: Room, admin: Person, ana: Person, names: Names, log: list[Any], bad: str
) -> None:
    before = await everything_kept(room)
    wrong: list[str] = []

    for person in (admin, ana):
        async with as_(person, room) as client:
            for route in every_route(room.app):
                for parameter in route.parameters:
                    path = route.path(
                        {**dict.fromkeys(route.parameters, ""), **known(route, names), parameter: bad}
                    )
                    body = b"{}" if route.body is not None else None
                    answer = await client.request(route.method, path, content=body)
                    if answer.status_code >= 500 and answer.status_code != 501:
                        wrong.append(f"{route} ({parameter}): {answer.status_code} {answer.text[:200]}")
                    elif answer.status_code >= 400:
                        wrong.append(complaint(route, answer))

    assert [line for line in wrong if line] == []
    assert await everything_kept(room) == before


def known(route: Route, names: Names) -> dict[str, str]:
    return {parameter: names[parameter] for parameter in route.parameters}


@pytest.mark.parametrize("query", BAD_QUERIES)
async def test_queries_without_sense_break_nothing(
    room: Room, admin: Person, names: Names, log: list[Any], query: str
) -> None:
    wrong: list[str] = []

    async with as_(admin, room) as client:
        for route in every_route(room.app):
            if route.method == "GET":
                answer = await client.get(f"{route.path(names)}?{query}")
                if answer.status_code >= 500 and answer.status_code != 501:
                    wrong.append(f"{route}: {answer.status_code} {answer.text[:200]}")
                elif answer.status_code >= 400:
                    wrong.append(complaint(route, answer))

    assert [line for line in wrong if line] == []


@pytest.mark.parametrize("value", BAD_VALUES, ids=lambda value: repr(value)[:20])
async def test_fields_without_sense_break_nothing(
    room: Room, admin: Person, names: Names, log: list[Any], value: Any
) -> None:
    wrong: list[str] = []

    async with as_(admin, room) as client:
        for route in every_route(room.app):
            for body in bodies_with(route, value, names):
                answer = await client.request(
                    route.method, route.path(names), content=msgspec.json.encode(body)
                )
                if answer.status_code >= 500 and answer.status_code != 501:
                    wrong.append(f"{route} {str(body)[:200]}: {answer.status_code} {answer.text[:200]}")
                elif answer.status_code >= 400:
                    wrong.append(complaint(route, answer))

    assert [line for line in wrong if line] == []


def bodies_with(route: Route, value: Any, names: Names) -> Iterator[Any]:
    """Bodies that are right but for one field, which has this value."""
    if route.body is None:
        return
    shape = inspect.type_info(route.body)
    if isinstance(shape, inspect.UnionType):
        shape = next((t for t in shape.types if isinstance(t, inspect.StructType)), shape)
    if isinstance(shape, inspect.ListType):
        yield [value]
        yield [value] * 300
    if isinstance(shape, inspect.DictType):
        yield {"key": value}
    if isinstance(shape, inspect.StructType):
        right = {f.encode_name: plausible(f.type, f.encode_name, names) for f in shape.fields if f.required}
        for f in shape.fields:
            yield {**right, f.encode_name: value}


def plausible(kind: inspect.Type, name: str, names: Names) -> Any:
    """A value of a type that a field of this name may well have."""
    match kind:
        case inspect.UnionType():
            return plausible(kind.types[0], name, names)
        case inspect.StrType():
            return names[name] if name.endswith("id") else "text"
        case inspect.IntType() | inspect.FloatType():
            return 1
        case inspect.BoolType():
            return True
        case inspect.ListType():
            return [plausible(kind.item_type, name, names)]
        case inspect.StructType():
            return {f.encode_name: plausible(f.type, f.encode_name, names) for f in kind.fields if f.required}
        case inspect.EnumType():
            return next(iter(kind.cls)).value
        case inspect.LiteralType():
            return kind.values[0]
        case _:
            return {}


async def test_who_hangs_up_in_the_middle_of_a_body_is_no_fault_of_ours(room: Room, log: list[Any]) -> None:
    comes = iter([{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}])
    sent: list[Any] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "method": "POST",
        "path": "/api/v4/users/login",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"x")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
        "state": {},
    }

    async def receive() -> Any:
        return next(comes)

    async def send(message: Any) -> None:
        sent.append(message)

    app: Any = room.app
    await app(scope, receive, send)

    assert sent[0]["status"] == 400
