"""`commandpost serve`: bring the database up to date, then answer until told to stop."""

import asyncio
import gc
import signal
import socket
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click
import structlog
import uvicorn
import uvloop
from litestar import Litestar
from rich.console import Console
from rich.table import Table

from commandpost import __version__, logs
from commandpost.api.http_protocol import HttpProtocol
from commandpost.api.socket.protocol import (
    LARGEST_REQUEST_BYTES,
    PING_EVERY_S,
    PONG_WITHIN_S,
    SocketProtocol,
)
from commandpost.app import create_app
from commandpost.attached import Attachment, create_attached
from commandpost.cli.attachment import attachment_of
from commandpost.cli.options import refusals_told, settings_with, where_the_data_is
from commandpost.db import database_at, migrations
from commandpost.db.alone import alone_with
from commandpost.demo import story
from commandpost.integrations import discovery
from commandpost.kernel.clock import SystemClock
from commandpost.kernel.errors import Invalid, Unavailable
from commandpost.kernel.stop import Stop
from commandpost.settings import Settings
from commandpost.workspace.model.config import adjusted, config_from

_PATIENCE_S = 3
"""How long a stopping server waits for answers under way: the rest of the stop needs time as well."""
_BACKLOG = 2048

_log = structlog.get_logger()


class _Server(uvicorn.Server):
    """uvicorn that tells when it is ready, and takes SIGTERM and SIGINT as an ordinary end."""

    def __init__(self, config: uvicorn.Config, address: str, stop: Stop) -> None:
        super().__init__(config)
        self._address = address
        self._stop = stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        gc.collect()
        gc.freeze()
        _log.info(f"Command Post {__version__} is ready at {self._address}")

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._told_to_stop, number)
        yield

    def _told_to_stop(self, number: signal.Signals) -> None:
        _log.info(f"{number.name} received: finishing what is under way")
        self._stop.begin()
        self.handle_exit(number, None)


@click.command()
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Port to listen on; 0 takes a free one.  [default: 8065]"
)
@click.option("--demo", is_flag=True, help="Fill an empty database with a team, its talk and its incidents.")
@click.option(
    "--mattermost-url", metavar="URL", help="Attach to the Mattermost server there, in place of an own chat."
)
@click.option(
    "--mattermost-token",
    metavar="TOKEN",
    help="The token of the bot there; better in COMMANDPOST_MATTERMOST_TOKEN, where others do not see it.",
)
@where_the_data_is
def serve(
    host: str | None,
    port: int | None,
    data_dir: Path | None,
    database_url: str | None,
    mattermost_url: str | None,
    mattermost_token: str | None,
    *,
    demo: bool,
) -> None:
    """Run the server.

    Makes the database if there is none and migrates an older one. Logs one line with its address when it
    is ready; on SIGTERM or Ctrl-C it finishes the requests under way, refuses with 503 what takes more than
    3 seconds, and ends within 5. A SQLite
    database has one server at a time. The demonstration's site URL is its own address unless another is set.

    \b
    Examples:
        commandpost serve
        commandpost serve --demo --data-dir demo
        commandpost serve --host 0.0.0.0 --port 80 --data-dir /var/lib/commandpost
        commandpost serve --database-url postgresql://commandpost:secret@localhost/commandpost
        commandpost serve --mattermost-url https://chat.example
    """
    with refusals_told():
        settings = settings_with(
            host=host,
            port=port,
            data_dir=data_dir,
            database_url=database_url,
            mattermost_url=mattermost_url,
            mattermost_token=mattermost_token,
        )
        attachment = _attachment(settings, demo=demo)
        config = config_from(settings.environment)
        logs.configure(settings.log_format, settings.log_level)
        database = database_at(settings.database)
        with (
            _listening(settings) as listener,
            alone_with(database),
            asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
        ):
            if demo and not config.site_url:
                config = adjusted(config, {"site_url": _address(listener)})
            create = partial(create_attached, attachment=attachment) if attachment else create_app
            stop = Stop()
            app = create(
                database,
                clock=SystemClock(),
                config=config,
                data_dir=settings.data_dir,
                access_log=settings.access_log,
                most_requests=settings.most_requests,
                environment=settings.environment,
                integrations=discovery.installed(),
                redis_url=settings.redis_url,
                stop=stop,
            )
            runner.run(migrations.upgrade(database.url))
            if demo:
                runner.run(_fill(settings, config.site_url))
            runner.run(_run(app, listener, stop))


def _attachment(settings: Settings, *, demo: bool) -> Attachment | None:
    """The Mattermost to attach to, if there is one. Raises Invalid when it cannot be done so."""
    if settings.mattermost_url and demo:
        raise Invalid("The demonstration is of Command Post's own chat: leave --mattermost-url out for it.")
    return attachment_of(settings)


async def _fill(settings: Settings, address: str) -> None:
    """Tell the demonstration's story and print who may log in; leave a database in use alone."""
    clock = SystemClock()
    if not await story.is_empty(database_at(settings.database), clock):
        _log.info("The database is in use already: nothing is added to it for the demonstration")
        return
    logins = await story.tell(settings.database, settings.data_dir, clock)
    table = Table("User", "Password", "Who it is", title=f"Log in at {address}", title_justify="left")
    for login in logins:
        table.add_row(login.username, login.password, login.position)
    Console(width=100).print(table)


async def _run(app: Litestar, listener: socket.socket, stop: Stop) -> None:
    server = _Server(
        uvicorn.Config(
            app,
            http=HttpProtocol,
            ws=SocketProtocol,
            ws_per_message_deflate=False,
            ws_max_size=LARGEST_REQUEST_BYTES,
            ws_ping_interval=PING_EVERY_S,
            ws_ping_timeout=PONG_WITHIN_S,
            log_config=None,
            access_log=False,
            server_header=False,
            backlog=_BACKLOG,
            timeout_graceful_shutdown=_PATIENCE_S,
        ),
        _address(listener),
        stop,
    )
    await server.serve(sockets=[listener])
    _log.info("stopped", after_s=round(stop.took_s, 2))


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _listening(settings: Settings) -> socket.socket:
    """A bound socket. Raises Unavailable when the address cannot be had."""
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server(
            (settings.host, settings.port), family=family, backlog=_BACKLOG, reuse_port=False
        )
    except OSError as cause:
        raise Unavailable(
            f"Cannot listen on {settings.host} port {settings.port}: {cause.strerror}."
        ) from cause
