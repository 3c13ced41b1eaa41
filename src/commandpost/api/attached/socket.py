"""The WebSocket of an attached Command Post: live events of incidents, with a session of Mattermost.

It speaks as that of the chat of our own does; what clients may ask over it is only what concerns incidents.
"""

import asyncio
from typing import Any, NoReturn, cast

import structlog
from litestar import asgi
from litestar.datastructures import Headers
from litestar.types import Receive, Scope, Send

from commandpost.api.attached.identity import presented_cookie, who_is
from commandpost.api.attached.ports import Reception
from commandpost.api.socket.actions import WATCH, Client, Reply
from commandpost.api.socket.door import NotAnUpgrade, Visit
from commandpost.api.socket.requests import SocketRequest, UnknownAction
from commandpost.api.v0.routes import PREFIX
from commandpost.kernel.errors import Refusal
from commandpost.kernel.ids import LENGTH, token_hash
from commandpost.live.hub import Hub, Newcomer
from commandpost.live.message import SessionEnded
from commandpost.workspace.model.who import Who

PATH = f"{PREFIX}/websocket"

_ALLOWED = frozenset({"ping", WATCH})
_LOOK_EVERY_S = 15.0

_log = structlog.get_logger(__name__)


@asgi(PATH, copy_scope=False)
async def public_websocket(scope: Scope, receive: Receive, send: Send) -> None:
    """Anybody may knock; who does not authenticate in time is shown out."""
    if scope["type"] != "websocket":
        raise NotAnUpgrade
    await AttachedVisit(cast("dict[str, Any]", scope), receive, send).run()


class AttachedVisit(Visit):
    """One socket, from its opening to its end."""

    __slots__ = ("_token",)

    def _presented(self, headers: Headers) -> str:
        return presented_cookie(headers.get("cookie", "")) or super()._presented(headers)

    async def _identified(self, token: str) -> Who | None:
        guest = await cast("Reception", self._state.reception).by_session(token)
        if guest is None:
            return None
        self._token = guest.token
        self._state.socket_sessions.note(session_id_of(guest.token), guest.token)
        return who_is(guest)

    async def _newcomer(self, who: Who) -> Newcomer:
        channels, teams = await cast("Reception", self._state.reception).groups(who.user_id, self._token)
        return Newcomer(
            user_id=who.user_id,
            session_id=session_id_of(self._token),
            channels=channels,
            teams=teams,
            is_admin=who.is_system_admin,
        )

    async def _done(self, client: Client, request: SocketRequest) -> Reply:
        if request.action not in _ALLOWED:
            raise UnknownAction
        return await super()._done(client, request)


def session_id_of(token: str) -> str:
    """A name for a session that tells nothing of its token."""
    return token_hash(token)[:LENGTH]


class NoAttendance:
    """Who is there is noted by Mattermost, not by us."""

    def came(self, user_id: str) -> None:
        """Nothing is noted."""

    def went(self, user_id: str) -> None:
        """Nothing is noted."""


class SocketSessions:
    """Whether the sessions of open sockets still hold over there; who has left a channel is noticed too."""

    def __init__(self, hub: Hub, reception: Reception) -> None:
        self._hub = hub
        self._reception = reception
        self._tokens: dict[str, str] = {}

    def note(self, session_id: str, token: str) -> None:
        """Keep the token while there is a socket with it."""
        self._tokens[session_id] = token

    async def run(self) -> NoReturn:
        """Look now and then, until cancelled."""
        while True:
            await asyncio.sleep(_LOOK_EVERY_S)
            await self.look()

    async def look(self) -> None:
        """End the sockets whose session has ended."""
        open_ones = self._hub.sessions()
        self._tokens = {one: token for one, token in self._tokens.items() if one in open_ones}
        for session_id, token in list(self._tokens.items()):
            try:
                guest = await self._reception.by_session(token)
            except Refusal as cause:
                _log.debug("a session cannot be confirmed", why=cause.message)
                continue
            if guest is None:
                self._hub.deliver(SessionEnded(user_id=open_ones[session_id], session_id=session_id))
