"""A real `commandpost serve` in a process of its own: for tests of sockets, signals and real clients."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

_READY = re.compile(r"http://127\.0\.0\.1:(\d+)")
_START_TIMEOUT_S = 180
_STOP_TIMEOUT_S = 10

NO_TLS = False
"""For httpx's `verify`: reading whom the machine trusts takes a client 30 ms, and nothing here is TLS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A server that is ready; `log` is what it has written so far."""

    port: int
    process: subprocess.Popen[bytes]
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
        return self.process.wait(timeout=_STOP_TIMEOUT_S)


def start(data_dir: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> Served:
    """Start a server with its data in `data_dir` and wait until it says that it is ready."""
    data_dir.mkdir(parents=True, exist_ok=True)
    log_path = data_dir / f"server-{time.monotonic_ns()}.log"
    command = [sys.executable, "-m", "commandpost", "serve", "--port", "0", "--data-dir", str(data_dir)]
    with log_path.open("wb") as log:
        process = subprocess.Popen(
            [*command, *arguments],
            stdout=log,
            stderr=log,
            env={**os.environ, "PYTHONPATH": "src", **(environment or {})},
        )
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
def served(data_dir: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> Iterator[Served]:
    """A server for the length of a block."""
    server = start(data_dir, *arguments, environment=environment)
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
    with httpx.Client(base_url=server.url, headers=headers, verify=NO_TLS) as client:
        client.post("/api/v4/users", json=person).raise_for_status()
    with httpx.Client(base_url=server.url, verify=NO_TLS) as client:
        answer = client.post("/api/v4/users/login", json={"login_id": username, "password": password})
        answer.raise_for_status()
    return Login(id=answer.json()["id"], username=username, password=password, token=answer.headers["Token"])
