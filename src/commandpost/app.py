"""Wiring: which rooms exist and how they are joined. No rules here."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig

from commandpost import __version__
from commandpost.api import v4
from commandpost.api.call import ApiRequest, public_call, signed_in_call
from commandpost.api.errors import answer
from commandpost.api.identity import Identify
from commandpost.api.live import Announcer
from commandpost.api.v4.live import TRANSLATORS as CHAT_TRANSLATORS
from commandpost.db import Database
from commandpost.kernel.clock import Clock
from commandpost.live.broker import MemoryBroker
from commandpost.live.hub import Hub
from commandpost.workspace.desk import Desks
from commandpost.workspace.model.config import Config

_MAX_BODY_BYTES = 4_000_000


def create_app(database: Database, *, clock: Clock, config: Config) -> Litestar:
    """The application over a database (migrated, not yet opened); it opens and closes the database itself."""

    hub = Hub()
    broker = MemoryBroker(hub)
    database.teller = Announcer({**CHAT_TRANSLATORS}, broker.publish)

    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncGenerator[None]:
        await database.open()
        try:
            yield
        finally:
            hub.close()
            await database.close()

    return Litestar(
        route_handlers=[v4.router],
        dependencies={
            "call": Provide(signed_in_call, sync_to_thread=False),
            "public": Provide(public_call, sync_to_thread=False),
        },
        exception_handlers={Exception: answer},
        middleware=[Identify],
        request_class=ApiRequest,
        request_max_body_size=_MAX_BODY_BYTES,
        state=State({"desks": Desks(database, clock, config), "hub": hub, "broker": broker}),
        lifespan=[lifespan],
        openapi_config=OpenAPIConfig(title="Command Post", version=__version__),
    )
