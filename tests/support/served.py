"""A real `commandpost serve` in a process of its own: for tests of sockets, signals and real clients."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.support.databases import migrated_sqlite
from tests.support.forks import Fork
from tests.support.patience import PATIENCE_S
from tests.support.run import in_run

_READY = re.compile(r"http://127\.0\.0\.1:(\d+)")
_START_TIMEOUT_S = 180

NO_TLS = False
"""For httpx's `verify`: reading whom the machine trusts takes a client 30 ms, and nothing here is TLS."""

Process = subprocess.Popen[bytes] | Fork


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A server that is ready; `log` is what it has written so far."""

    port: int
    process: Process
    log_path: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return self.log_path.read_text(errors="replace")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End the server and wait for it; gives its exit code."""
        self.process.send_signal(how)
        return self.process.wait(timeout=PATIENCE_S)


def start(
    data_dir: Path, *arguments: str, environment: Mapping[str, str] | None = None, anew: bool = False
) -> Served:
    """Start a server with its data in `data_dir` and wait until it says that it is ready.

    It is forked, and in a test finds an empty SQLite database ready-made; `anew`, it is a new program that
    makes its database, and where the environment names other sources it is one too.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    file = data_dir / "commandpost.db"
    if not (anew or file.exists() or "--database-url" in arguments) and in_run():
        shutil.copyfile(migrated_sqlite(), file)
    log_path = data_dir / f"server-{time.monotonic_ns()}.log"
    log_path.touch()
    command = ("serve", "--port", "0", "--data-dir", str(data_dir), *arguments)
    whole = {**os.environ, "PYTHONPATH": "src", **(environment or {})}
    process: Process
    if anew or whole["PYTHONPATH"] != "src":
        with log_path.open("wb") as log:
            program = [sys.executable, "-m", "commandpost", *command]
            process = subprocess.Popen(program, stdout=log, stderr=log, env=whole)
    else:
        process = Fork(command, whole, log_path)
    deadline = time.monotonic() + _START_TIMEOUT_S
    while time.monotonic() < deadline and process.poll() is None:
        if found := _READY.search(log_path.read_text(errors="replace")):
            return Served(port=int(found[1]), process=process, log_path=log_path)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.02)
    process.kill()
    process.wait()
    raise RuntimeError(f"the server did not start:\n{log_path.read_text(errors='replace')[-4000:]}")


@contextlib.contextmanager
def served(
    data_dir: Path, *arguments: str, environment: Mapping[str, str] | None = None, anew: bool = False
) -> Generator[Served]:
    """A server for the length of a block."""
    server = start(data_dir, *arguments, environment=environment, anew=anew)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.stop()


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A user of a served workspace, with a session."""

    id: str
    username: str
    password: str
    token: str


def signed_up(server: Served, username: str, password: str = "Passw0rd-of-tests", *, by: str = "") -> Login:
    """Create a user (as the administrator with the token `by`, or openly) and sign them in."""
    headers = {"Authorization": f"Bearer {by}"} if by else {}
    person = {"username": username, "email": f"{username}@example.com", "password": password}
    with httpx.Client(base_url=server.url, headers=headers, timeout=PATIENCE_S, verify=NO_TLS) as client:
        client.post("/api/v4/users", json=person).raise_for_status()
    with httpx.Client(base_url=server.url, timeout=PATIENCE_S, verify=NO_TLS) as client:
        answer = client.post("/api/v4/users/login", json={"login_id": username, "password": password})
        answer.raise_for_status()
    return Login(id=answer.json()["id"], username=username, password=password, token=answer.headers["Token"])
