"""An application listening on a real socket, in the test's own loop."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncGenerator, Generator

import pytest
import uvicorn

from commandpost.api.socket.protocol import LARGEST_REQUEST_BYTES, SocketProtocol
from commandpost.app import Doors, create_app
from commandpost.db import Database, database_at
from commandpost.workspace.model.config import Config
from tests.live.office import Office
from tests.support.clock import TestClock


class QuietServer(uvicorn.Server):
    """uvicorn that leaves signals to the test run, and tells when it is ready."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


@pytest.fixture
async def office(sqlite_url: str, clock: TestClock, doors: Doors) -> AsyncGenerator[Office]:
    """The application on a fresh SQLite database, served on a free port."""
    database: Database = database_at(sqlite_url)
    app = create_app(database, clock=clock, config=Config(site_url="https://post.example.com"), doors=doors)
    listener = socket.create_server(("127.0.0.1", 0))
    server = QuietServer(
        uvicorn.Config(
            app,
            http="httptools",
            ws=SocketProtocol,
            ws_per_message_deflate=False,
            ws_max_size=LARGEST_REQUEST_BYTES,
            log_config=None,
            timeout_graceful_shutdown=2,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    await server.ready.wait()
    yield Office(app=app, database=database, port=listener.getsockname()[1])
    server.should_exit = True
    await serving
