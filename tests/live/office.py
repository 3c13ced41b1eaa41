"""The served application with a few people in it, and clients that talk to its socket."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import pytest
import websockets
from litestar import Litestar
from websockets.asyncio.client import ClientConnection

from commandpost.db import Database, Sql
from commandpost.kernel.ids import new_id, token_hash
from commandpost.live.hub import Hub
from commandpost.live.message import Message
from tests.support.patience import PATIENCE_S

_USER = Sql("INSERT INTO users (id, username, email, roles) VALUES (:id, :name, :name, 'system_user')")
_SESSION = Sql(
    "INSERT INTO sessions (id, token_hash, user_id, expires_at)"
    " VALUES (:id, :token_hash, :user_id, :expires_at)"
)
_IN_CHANNEL = Sql(
    "INSERT INTO channel_members (channel_id, user_id, roles) VALUES (:channel_id, :user_id, 'channel_user')"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with an account and a session."""

    id: str
    token: str
    session_id: str


class Talk:
    """A client's side of one socket."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self._seq = 0

    async def read(self) -> dict[str, Any]:
        """The next frame or reply."""
        async with asyncio.timeout(PATIENCE_S):
            return json.loads(await self.connection.recv(decode=True))

    async def greeted(self) -> dict[str, Any]:
        """Read the `hello` and, as the user has only now come, that they are online; gives the hello."""
        hello, status = await self.read(), await self.read()
        assert (hello["event"], status["event"]) == ("hello", "status_change")
        return hello

    async def say(self, action: str, data: Mapping[str, Any] | None = None) -> None:
        """Send a request with the next number."""
        self._seq += 1
        await self.connection.send(json.dumps({"seq": self._seq, "action": action, "data": data}))

    async def ask(self, action: str, data: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Send a request and read what comes next."""
        await self.say(action, data)
        return await self.read()

    async def close_code(self) -> int | None:
        """Wait for the server to close, saying nothing before; the code of its closing."""
        async with asyncio.timeout(PATIENCE_S):
            with pytest.raises(websockets.ConnectionClosed):
                await self.connection.recv()
        return self.connection.close_code


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The application as served on a port."""

    app: Litestar
    database: Database
    port: int

    @property
    def hub(self) -> Hub:
        return cast("Hub", self.app.state.hub)

    def publish(self, *messages: Message) -> None:
        """Send messages out as after a commit."""
        self.app.state.broker.publish(messages)

    async def person(self, name: str, *, channels: tuple[str, ...] = (), expires_at: int = 0) -> Person:
        """Somebody with an account, a session, and a place in these channels."""
        person = Person(id=new_id(), token=new_id(), session_id=new_id())
        async with self.database.write() as work:
            await work.run(_USER, id=person.id, name=name)
            await work.run(
                _SESSION,
                id=person.session_id,
                token_hash=token_hash(person.token),
                user_id=person.id,
                expires_at=expires_at,
            )
            for channel_id in channels:
                await work.run(_IN_CHANNEL, channel_id=channel_id, user_id=person.id)
        return person

    async def knock(self, query: str = "", *, path: str = "/api/v4/websocket", **headers: str) -> Talk:
        """Open a socket, with these headers."""
        address = f"ws://127.0.0.1:{self.port}{path}{query}"
        return Talk(
            await websockets.connect(
                address, additional_headers=headers, open_timeout=PATIENCE_S, compression=None
            )
        )

    async def enter(self, person: Person, query: str = "") -> Talk:
        """Open a socket as this person by bearer header; the `hello` is still to be read."""
        return await self.knock(query, Authorization=f"Bearer {person.token}")
