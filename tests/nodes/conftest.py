"""Servers that share a database, for tests in which some of them, or what they rest on, are lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import TimeoutExpired

import pytest

from tests.support.own_postgres import OwnPostgres, own_postgres
from tests.support.served import Login, Served, signed_up, start
from tests.support.valkey import Valkey, redis_server

__all__ = ["own_postgres", "redis_server"]

_NAMES = ("one", "two")


class Nodes:
    """Two servers, started at once. `servers` are those there should be; `ana` administers them."""

    def __init__(self, folder: Path, database_url: str, environment: dict[str, str]) -> None:
        self._folder = folder
        self._database_url = database_url
        self._environment = environment
        with ThreadPoolExecutor() as pool:
            self.servers = list(pool.map(self._started, _NAMES))
        self.ana: Login = signed_up(self.servers[0], "ana")

    def kill(self, which: int) -> None:
        """End a server in the middle of whatever it does."""
        self.servers[which].process.kill()
        self.servers[which].process.wait()

    def restart(self, which: int) -> None:
        """Put a new server in the place of one that is gone."""
        self.servers[which] = self._started(_NAMES[which])

    def stop(self) -> None:
        """End those that run."""
        for server in self.servers:
            with suppress(TimeoutExpired):
                server.stop()
            server.process.kill()
            server.process.wait()

    def _started(self, name: str) -> Served:
        arguments = ("--database-url", self._database_url)
        return start(self._folder / name, *arguments, environment=self._environment)


@contextmanager
def nodes_on(folder: Path, database_url: str, **environment: str) -> Iterator[Nodes]:
    """Two servers for the length of a block."""
    nodes = Nodes(folder, database_url, environment)
    try:
        yield nodes
    finally:
        nodes.stop()


@pytest.fixture(scope="module")
def nodes(own_postgres: OwnPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    """Two servers on a PostgreSQL that may be taken away; it was empty when both started."""
    with nodes_on(tmp_path_factory.mktemp("nodes"), own_postgres.new_database()) as both:
        yield both


@pytest.fixture
def nodes_with_redis(postgresql_url: str, redis_server: Valkey, tmp_path: Path) -> Iterator[Nodes]:
    """Two servers whose live events travel over a Redis that may be taken away."""
    with nodes_on(tmp_path, postgresql_url, COMMANDPOST_REDIS_URL=redis_server.url) as both:
        yield both
