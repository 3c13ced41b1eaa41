"""Alive, ready, and figures."""

import httpx

from commandpost.db import Sql, migrations
from tests.support.people import SITE, Person, Room

_DONE = Sql("INSERT INTO migrations_done (revision, unused_since) VALUES (:revision, :unused_since)")
_MIGRATED_TO = Sql("UPDATE alembic_version SET version_num = :revision")


def outside(room: Room) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=room.app), base_url=SITE)


async def test_a_served_workspace_is_alive_and_ready(room: Room) -> None:
    async with outside(room) as client:
        assert (await client.get("/healthz")).json() == {"status": "OK", "reason": ""}
        assert (await client.get("/readyz")).json() == {"status": "OK", "reason": ""}


async def test_it_stays_ready_when_a_newer_version_migrates_until_what_it_needs_is_taken_away(
    room: Room,
) -> None:
    async def migrated(revision: str, *, unused_since: str) -> httpx.Response:
        async with room.desks.writing() as desk:
            await desk.work.run(_MIGRATED_TO, revision=revision)
            await desk.work.run(_DONE, revision=revision, unused_since=unused_since)
        async with outside(room) as client:
            return await client.get("/readyz")

    added = await migrated("2999_01_01_1_more", unused_since="")
    spared = await migrated("2999_01_02_1_less", unused_since=migrations.newest())
    taken = await migrated("2999_01_03_1_even_less", unused_since="2999_01_01_1_more")

    assert [answer.status_code for answer in (added, spared, taken)] == [200, 200, 503]
    assert "taken away what this version needs" in taken.json()["reason"]


async def test_it_is_alive_but_not_ready_when_its_database_is_older(room: Room) -> None:
    async with room.desks.writing() as desk:
        await desk.work.run(_MIGRATED_TO, revision=migrations.known()[0])

    async with outside(room) as client:
        alive, ready = await client.get("/healthz"), await client.get("/readyz")

    assert alive.status_code == 200
    assert ready.status_code == 503
    assert "commandpost migrate" in ready.json()["reason"]


async def test_requests_are_counted_by_route_and_status_and_never_by_address(
    room: Room, admin: Person
) -> None:
    await admin.get(f"/users/{admin.id}")
    await admin.get("/no/such/route")

    async with outside(room) as client:
        answer = await client.get("/metrics")

    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = answer.text.splitlines()
    one = 'method="GET",route="/api/v4/users/{user_id}"'
    assert f'commandpost_http_requests_total{{{one},status="200"}} 1.0' in lines
    assert f"commandpost_http_request_duration_seconds_count{{{one}}} 1.0" in lines
    assert 'commandpost_http_requests_total{method="GET",route="unknown",status="404"} 1.0' in lines
    assert admin.id not in answer.text
