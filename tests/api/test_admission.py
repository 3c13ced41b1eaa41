"""Too many requests at once: the others are told to come again, and what runs is answered."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from commandpost.app import Doors, create_app
from commandpost.db import database_at
from commandpost.workspace.model.config import Config
from tests.support.clock import TestClock
from tests.support.people import SITE, running

_FACES = {
    "/api/v4/users/me": "id",
    "/plugins/com.mattermost.plugin-incident-management/api/v0/incidents": "error",
}


@pytest.fixture
async def client(
    database_url: str, clock: TestClock, tmp_path: Path, doors: Doors
) -> AsyncGenerator[httpx.AsyncClient]:
    """A client of a server that takes on two requests at once."""
    app = create_app(
        database_at(database_url),
        clock=clock,
        config=Config(),
        data_dir=tmp_path,
        doors=doors,
        most_requests=2,
    )
    transport = httpx.ASGITransport(app=cast("Any", app))  # httpx has types of its own for ASGI
    async with running(app), httpx.AsyncClient(base_url=SITE, transport=transport) as client:
        yield client


class Upload:
    """A request whose body ends when it is told to."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.begun = asyncio.Event()
        self.end = asyncio.Event()
        self.answer = asyncio.create_task(client.post("/api/v4/users/login", content=self._body()))

    async def _body(self) -> AsyncGenerator[bytes]:
        yield b"{"
        self.begun.set()
        await self.end.wait()
        yield b"}"


async def test_beyond_the_limit_requests_are_refused_at_once_in_the_shape_of_their_face(
    client: httpx.AsyncClient,
) -> None:
    uploads = [Upload(client), Upload(client)]
    for upload in uploads:
        await upload.begun.wait()

    refused = {path: await client.get(path) for path in _FACES}
    again = await client.get("/api/v4/users/me")
    watched = [await client.get(path) for path in ("/healthz", "/readyz")]
    figures = (await client.get("/metrics")).text
    for upload in uploads:
        upload.end.set()
    answers = [await upload.answer for upload in uploads]
    after = await client.get("/api/v4/system/ping")

    for path, answer in refused.items():
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "1"
        assert _FACES[path] in answer.json()
    assert {answer.status_code for answer in watched} == {200}
    assert "commandpost_http_requests_under_way 2.0" in figures
    assert "commandpost_http_requests_turned_away_total 3.0" in figures
    for answer in (refused["/api/v4/users/me"], again):
        assert answer.json()["request_id"] == answer.headers["X-Request-ID"]
    assert {answer.status_code for answer in answers} == {401}
    assert after.status_code == 200
