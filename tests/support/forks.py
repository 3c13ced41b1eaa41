"""Servers forked off one process that has imported the program: importing it is most of what a start takes.

Each is the command with its arguments, environment, folder, output, signals and exit code, in a process of
its own. What only a new program would show (what it imports, say) is for tests that start one.
"""

import atexit
import contextlib
import gc
import json
import os
import select
import selectors
import signal
import socket
import struct
import subprocess
import sys
import threading
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path

from litestar import Litestar

from commandpost.cli import main as command
from commandpost.integrations import discovery

_PROGRAM = "python -m commandpost"
_LARGEST_BYTES = 1 << 17
_NUMBER = struct.Struct("i")


class Fork:
    """One command that runs, or ran; used as a `subprocess.Popen` is."""

    def __init__(self, arguments: Sequence[str], environment: Mapping[str, str], log_path: Path) -> None:
        self._told, tells = os.pipe()
        weakref.finalize(self, os.close, self._told)
        self._asking = threading.Lock()
        self._exit_code: int | None = None
        request = {
            "arguments": list(arguments),
            "environment": dict(environment),
            "folder": str(Path.cwd()),
            "log": str(log_path),
        }
        try:
            socket.send_fds(_origin.door(), [json.dumps(request).encode()], [tells])
        finally:
            os.close(tells)
        self.pid = self._number()

    def poll(self) -> int | None:
        """The exit code, if it has ended; -9 is SIGKILL."""
        with self._asking:
            if self._exit_code is None and select.select([self._told], [], [], 0)[0]:
                self._exit_code = self._number()
            return self._exit_code

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once it has ended. Raises subprocess.TimeoutExpired."""
        if self._exit_code is None:
            select.select([self._told], [], [], timeout)
        exit_code = self.poll()
        if exit_code is None:
            raise subprocess.TimeoutExpired(_PROGRAM, timeout or 0)
        return exit_code

    def send_signal(self, which: signal.Signals) -> None:
        """Nothing, if it has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, which)

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        self.send_signal(signal.SIGKILL)

    def _number(self) -> int:
        told = os.read(self._told, _NUMBER.size)
        if not told:
            raise RuntimeError("what servers are forked off has ended")
        return _NUMBER.unpack(told)[0]


class _Origin:
    """The process that servers are forked off, as the one that asks for them sees it; started when needed."""

    def __init__(self) -> None:
        self._starting = threading.Lock()
        self._door: socket.socket | None = None

    def door(self) -> socket.socket:
        with self._starting:
            if self._door is None:
                self._door, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
                with theirs:
                    process = subprocess.Popen(
                        [sys.executable, "-m", __name__, str(theirs.fileno())],
                        pass_fds=[theirs.fileno()],
                        stdin=subprocess.DEVNULL,
                        stdout=subprocess.DEVNULL,
                        env={**os.environ, "PYTHONPATH": "src"},
                    )
                atexit.register(self._end, self._door, process)
        return self._door

    @staticmethod
    def _end(door: socket.socket, process: "subprocess.Popen[bytes]") -> None:
        door.close()
        process.wait()


_origin = _Origin()


def _fork_until_left_alone(door: socket.socket) -> None:
    """Fork for who holds the other end, and tell of each end; what still runs when they leave is killed."""
    running: dict[int, tuple[int, int]] = {}
    with selectors.DefaultSelector() as selector:
        selector.register(door, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fd in running:
                    pid, tells = running.pop(key.fd)
                    selector.unregister(key.fd)
                    os.close(key.fd)
                    _tell(tells, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
                    os.close(tells)
                    continue
                content, (*handed,), _, _ = socket.recv_fds(door, _LARGEST_BYTES, 1)
                if not content:
                    for pid, _ in running.values():
                        os.kill(pid, signal.SIGKILL)
                    return
                (tells,) = handed
                pid = os.fork()
                if not pid:
                    selector.close()
                    door.close()
                    for end in (tells, *running, *(tells for _, tells in running.values())):
                        os.close(end)
                    _run(**json.loads(content))
                _tell(tells, pid)
                end = os.pidfd_open(pid)
                running[end] = (pid, tells)
                selector.register(end, selectors.EVENT_READ)


def _tell(tells: int, number: int) -> None:
    with contextlib.suppress(BrokenPipeError):
        os.write(tells, _NUMBER.pack(number))


def _run(*, arguments: list[str], environment: dict[str, str], folder: str, log: str) -> None:
    """Be the command: raises SystemExit at its end."""
    output = os.open(log, os.O_WRONLY | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.close(output)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    command(arguments, prog_name=_PROGRAM)


def main() -> None:
    """Import all that a server does, then fork."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    discovery.installed()
    Litestar()
    gc.collect()
    gc.freeze()
    _fork_until_left_alone(socket.socket(fileno=int(sys.argv[1])))


if __name__ == "__main__":
    main()
