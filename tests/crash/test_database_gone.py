"""PostgreSQL gone and back: clear refusals meanwhile, no request hangs, and all is well again by itself."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import structlog

from commandpost.app import Doors, create_app
from commandpost.db.postgres import PostgresDatabase
from commandpost.workspace.model.config import Config
from scripts.cluster import free_port
from tests.support.clock import TestClock
from tests.support.patience import PATIENCE_S
from tests.support.people import Person, Room, running
from tests.support.served import NO_TLS, signed_up, start

ASKED = 24
_FOR_A_SESSION = b"WHERE s.token_hash"
"""With which the database is asked whose request it is."""


class Wire:
    """The way to the database, which can be cut and mended."""

    def __init__(self, socket_path: str) -> None:
        self._socket_path = socket_path
        self._ends: set[asyncio.StreamWriter] = set()
        self._forwarding: set[asyncio.Task[None]] = set()
        self._flows = asyncio.Event()
        self.is_asked = asyncio.Event()
        """A request has come that does not get through: what the server asks by itself is not counted."""
        self.port = free_port()

    def freeze(self) -> None:
        """Let nothing through, and tell nobody."""
        self._flows.clear()

    async def mend(self) -> None:
        self._flows.set()
        self._server = await asyncio.start_server(self._joined, "127.0.0.1", self.port)

    async def cut(self) -> None:
        self._server.close()
        for end in self._ends:
            end.close()
        for task in self._forwarding:
            task.cancel()
        await asyncio.gather(*self._forwarding, return_exceptions=True)
        self._ends.clear()

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(self._socket_path)
        self._ends |= {writer, back}
        for source, target in ((reader, back), (there, writer)):
            task = asyncio.create_task(self._forward(source, target))
            self._forwarding.add(task)
            task.add_done_callback(self._forwarding.discard)

    async def _forward(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while chunk := await source.read(65536):
            if not self._flows.is_set() and _FOR_A_SESSION in chunk:
                self.is_asked.set()
            await self._flows.wait()
            target.write(chunk)
            await target.drain()
        target.close()


@pytest.fixture
async def wire(postgresql_url: str) -> AsyncGenerator[Wire]:
    folder = parse_qs(urlsplit(postgresql_url).query)["host"][0]
    wire = Wire(f"{folder}/.s.PGSQL.5432")
    await wire.mend()
    yield wire
    await wire.cut()


@pytest.fixture
def answer_within_s() -> float:
    """How long a silent database is waited for."""
    return 30


@pytest.fixture
async def room(
    wire: Wire,
    postgresql_url: str,
    clock: TestClock,
    tmp_path: Path,
    doors: Doors,
    answer_within_s: float,
) -> AsyncGenerator[Room]:
    """A server that reaches PostgreSQL over the wire."""
    name = urlsplit(postgresql_url).path
    dsn = f"postgresql://postgres@127.0.0.1:{wire.port}{name}"
    database = PostgresDatabase(dsn, answer_within_s=answer_within_s)
    app = create_app(database, clock=clock, config=Config(), data_dir=tmp_path, doors=doors)
    async with running(app):
        yield Room(app, clock)


async def of_many(ana: Person) -> list[httpx.Response]:
    """Reads and writes asked for at once."""
    async with asyncio.timeout(PATIENCE_S):
        return await asyncio.gather(
            *(
                ana.get("/users") if number % 2 else ana.put("/users/me/patch", {"nickname": str(number)})
                for number in range(ASKED)
            )
        )


async def test_while_the_database_is_away_requests_are_refused_and_afterwards_answered(
    room: Room, wire: Wire
) -> None:
    ana = await room.person("ana")
    before = await of_many(ana)

    await wire.cut()
    room.clock.turn(seconds=2)
    meanwhile = await of_many(ana)
    ready = await ana.v4.get("http://commandpost.test/readyz")
    alive = await room.stranger().v4.get("http://commandpost.test/healthz")
    await wire.mend()
    after = await of_many(ana)

    assert {answer.status_code for answer in before} == {200}
    assert {answer.status_code for answer in meanwhile} == {503}
    assert all(answer.headers["Retry-After"] for answer in meanwhile)
    assert all(answer.json()["id"] == "api.context.unavailable.app_error" for answer in meanwhile)
    assert (ready.status_code, alive.status_code) == (503, 200)
    assert {answer.status_code for answer in after} == {200}


@pytest.mark.parametrize("is_silent", [False, True])
async def test_a_server_stops_in_order_though_its_database_is_away(
    wire: Wire, postgresql_url: str, clock: TestClock, tmp_path: Path, doors: Doors, is_silent: bool
) -> None:
    dsn = f"postgresql://postgres@127.0.0.1:{wire.port}{urlsplit(postgresql_url).path}"
    app = create_app(PostgresDatabase(dsn), clock=clock, config=Config(), data_dir=tmp_path, doors=doors)

    with structlog.testing.capture_logs() as log:
        async with AsyncExitStack() as life:
            await life.enter_async_context(running(app))
            await Room(app, clock).person("ana")
            if is_silent:
                wire.freeze()
            else:
                await wire.cut()

            async with asyncio.timeout(PATIENCE_S):
                await life.aclose()

    assert "the node could not say that it goes" in [line["event"] for line in log]
    assert not [line for line in log if line["log_level"] == "error"]


@pytest.mark.parametrize("answer_within_s", [5])
async def test_a_database_that_falls_silent_is_not_waited_for(room: Room, wire: Wire) -> None:
    ana = await room.person("ana")
    await of_many(ana)

    wire.freeze()
    room.clock.turn(seconds=2)
    meanwhile = await of_many(ana)
    await wire.cut()
    await wire.mend()
    after = await of_many(ana)

    assert {answer.status_code for answer in meanwhile} == {503}
    assert {answer.status_code for answer in after} == {200}


async def test_a_stopping_server_refuses_what_it_cannot_finish(
    wire: Wire, postgresql_url: str, tmp_path: Path
) -> None:
    dsn = f"postgresql://postgres@127.0.0.1:{wire.port}{urlsplit(postgresql_url).path}"
    server = await asyncio.to_thread(start, tmp_path, "--database-url", dsn)
    ana = await asyncio.to_thread(signed_up, server, "ana")
    headers = {"Authorization": f"Bearer {ana.token}"}
    async with httpx.AsyncClient(
        base_url=server.url, headers=headers, timeout=PATIENCE_S, verify=NO_TLS
    ) as http:
        wire.freeze()
        under_way = asyncio.create_task(http.put("/api/v4/users/me/patch", json={"nickname": "An"}))
        await wire.is_asked.wait()

        code = await asyncio.to_thread(server.stop)
        answer = await under_way

    assert code == 0
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert answer.json()["id"] == "api.context.unavailable.app_error"
    assert "stopped" in server.log
    assert "Traceback" not in server.log
