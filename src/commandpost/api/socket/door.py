"""One client's visit at the socket: handshake, authentication, requests, farewell."""

import asyncio
import contextlib
import platform
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import parse_qs

import structlog
from litestar import asgi
from litestar.datastructures import Headers, State
from litestar.types import Receive, Scope, Send

from commandpost.api.envelope import version_id
from commandpost.api.errors import Broken
from commandpost.api.identity import presented_token
from commandpost.api.socket import origin, requests
from commandpost.api.socket.actions import Client, Reply, act
from commandpost.api.socket.protocol import EXTENSION, SocketProtocol
from commandpost.kernel.errors import Invalid, Refusal
from commandpost.live.connection import Connection
from commandpost.live.event import Audience, Frame
from commandpost.live.hub import Newcomer, ResumePoint
from commandpost.live.outbox import Closing, Outbox
from commandpost.workspace.actions import memberships, sessions
from commandpost.workspace.model.who import Who

PATHS = ("/api/v4/websocket", "/plugins/com.mattermost.plugin-incident-management/api/v0/websocket")
"""Mattermost's own, and one below the incident API: there our part of a Mattermost's web app listens."""

_CHALLENGE = "authentication_challenge"
_LINGER_S = 5.0
_SHOWN_OF_ACTION = 50
_DIGITS_OF_SEQ = 15
_GOING_AWAY = 1001
_NOT_UNDERSTOOD = 1007
_REFUSED = 1008
_COME_AGAIN = 1012
_TRY_AGAIN_LATER = 1013
_TAKEN_OVER = 4002

_CODES = {
    Closing.SESSION_ENDED: _REFUSED,
    Closing.TAKEN_OVER: _TAKEN_OVER,
    Closing.STOPPING: _GOING_AWAY,
    Closing.RENEWED: _COME_AGAIN,
}

_HOSTNAME = platform.node()

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a socket may stay unauthenticated."""

    authenticate_within_s: float = 30.0


class NotAnUpgrade(Invalid):
    """This address is for WebSocket connections only."""

    code = "socket.upgrade"


@asgi(list(PATHS), copy_scope=False)
async def public_websocket(scope: Scope, receive: Receive, send: Send) -> None:
    """Anybody may knock; who does not authenticate in time is shown out."""
    if scope["type"] != "websocket":
        raise NotAnUpgrade
    await visited(scope, receive, send)


async def visited(scope: Scope, receive: Receive, send: Send) -> None:
    """One visit, whichever way it came: each socket holds the layers on its way as long as it lasts."""
    await Visit(cast("dict[str, Any]", scope), receive, send).run()


class Visit:
    """One socket, from its opening to its end."""

    __slots__ = (
        "_client",
        "_connection",
        "_deadline",
        "_farewell",
        "_outbox",
        "_patience",
        "_protocol",
        "_query",
        "_receive",
        "_scope",
        "_send",
        "_state",
    )

    def __init__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._scope = scope
        self._query: bytes = scope["query_string"]
        self._state: State = scope["litestar_app"].state
        self._patience: Patience = self._state.socket_patience
        self._protocol: SocketProtocol = scope["extensions"][EXTENSION]
        self._outbox = Outbox(self._protocol.write_text, self._end)
        self._connection: Connection | None = None
        self._client: Client | None = None
        self._deadline: float | None = None
        self._farewell: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Open, serve, and leave the connection to be resumed for a while."""
        await self._receive()
        headers = Headers.from_scope(cast("Scope", self._scope))
        if not origin.is_allowed(headers, self._state.desks.config):
            await self._send({"type": "websocket.close", "code": _REFUSED, "reason": ""})
            return
        await self._send({"type": "websocket.accept", "subprotocol": None, "headers": []})
        self._deadline = asyncio.get_running_loop().time() + self._patience.authenticate_within_s
        try:
            token = self._presented(headers)
            del headers
            self._protocol.forget_the_handshake()
            if token:
                await self._authenticate(token)
            await self._serve()
        except OSError:
            _log.debug("a socket broke off")
        except Refusal as refusal:
            _log.warning("a socket could not be served", reason=refusal.message)
            await self._close(_TRY_AGAIN_LATER)
        finally:
            if self._connection is not None:
                self._state.hub.disconnect(self._connection, self._outbox)
                self._state.attendance.went(self._connection.user_id)

    async def _serve(self) -> None:
        while True:
            try:
                async with asyncio.timeout_at(self._deadline):
                    message = await self._receive()
            except TimeoutError:
                self._deadline = None
                await self._close(_REFUSED)
                continue
            if message["type"] == "websocket.disconnect":
                return
            if self._outbox.closing is None:
                await self._answer(message.get("text") or message.get("bytes") or b"")

    async def _answer(self, text: str | bytes) -> None:
        try:
            request = requests.parsed(text)
        except requests.NotARequest:
            await self._close(_NOT_UNDERSTOOD)
            return
        try:
            request.checked()
            if request.action == _CHALLENGE:
                await self._take_challenge(request)
            elif self._client is None:
                raise requests.NotAuthenticated
            else:
                self._outbox.put(requests.done(request.seq, await self._done(self._client, request)))
        except Refusal as refusal:
            self._outbox.put(requests.refused(request.seq, refusal))
        except Exception:  # noqa: BLE001 -- the edge of a request
            _log.exception("a request over a socket failed", action=request.action[:_SHOWN_OF_ACTION])
            self._outbox.put(requests.refused(request.seq, Broken()))

    async def _take_challenge(self, request: requests.SocketRequest) -> None:
        if self._client is None and not await self._authenticate(request.text("token")):
            await self._close(_REFUSED)
            return
        self._outbox.put(requests.done(request.seq))

    async def _authenticate(self, token: str) -> bool:
        desks, hub = self._state.desks, self._state.hub
        with hub.arrival() as arrival:
            who = await self._identified(token)
            if who is None:
                return False
            newcomer = await self._newcomer(who)
            connection = hub.connect(arrival, newcomer, self._outbox, _resume_point(self._query))
        if connection is None:
            return False
        self._connection = connection
        self._client = Client(
            who=who,
            desks=desks,
            incident_desks=self._state.incident_desks_of_nobody,
            hub=hub,
            connection=connection,
            publish=self._state.broker.publish,
        )
        self._deadline = None
        self._state.attendance.came(connection.user_id)
        if connection.is_new:
            connection.send(self._hello(connection))
        return True

    def _presented(self, headers: Headers) -> str:
        """The token that the handshake brings; "" if it has none."""
        return presented_token(headers, "GET")

    async def _identified(self, token: str) -> Who | None:
        """Who holds this session, if they may have a socket."""
        async with self._state.desks.reading() as desk:
            who = await sessions.identify(desk, token)
        return None if who is None or who.lacks_two_factor else who

    async def _newcomer(self, who: Who) -> Newcomer:
        async with self._state.desks.reading() as desk:
            groups = await memberships.of_user(desk, who.user_id)
        return Newcomer(
            user_id=who.user_id,
            session_id=who.session_id,
            channels=groups.channel_ids,
            teams=groups.team_ids,
            is_admin=who.is_system_admin,
        )

    async def _done(self, client: Client, request: requests.SocketRequest) -> Reply:
        """Do what an authenticated client asks. Raises UnknownAction, and what the action refuses."""
        return await act(client, request)

    def _hello(self, connection: Connection) -> Frame:
        greeting = {
            "server_version": version_id(self._state.desks.config),
            "connection_id": connection.id,
            "server_hostname": _HOSTNAME,
        }
        return Frame.of("hello", greeting, Audience(user_id=connection.user_id))

    def _end(self, why: Closing) -> None:
        if why is Closing.SLOW:
            who = self._client.who.user_id if self._client else ""
            _log.warning("a client that does not read was dropped", user_id=who)
            self._protocol.cut_off()
        else:
            self._farewell = asyncio.get_running_loop().create_task(self._close(_CODES[why]))

    async def _close(self, code: int) -> None:
        asyncio.get_running_loop().call_later(_LINGER_S, self._protocol.cut_off)
        with contextlib.suppress(OSError):
            await self._send({"type": "websocket.close", "code": code, "reason": ""})


def _resume_point(query: bytes) -> ResumePoint | None:
    asked = parse_qs(query.decode("latin-1"))
    connection_id, seq = asked.get("connection_id", [""])[0], asked.get("sequence_number", [""])[0]
    if seq.isascii() and seq.isdigit():
        return ResumePoint(connection_id, int(seq[:_DIGITS_OF_SEQ]))
    return None
