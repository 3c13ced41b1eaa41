"""A request is answered in as many attempts as it takes to have asked Mattermost all that it wants to know.

An attempt that ended for want of an answer has changed nothing; its response is thrown away.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, cast

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from commandpost.api.attached.ports import Reception, Talk
from commandpost.kernel.clock import SECOND_MS
from commandpost.kernel.errors import Unavailable

_ATTEMPTS = 20
_MOST_BYTES = 4_000_000
_ROUTE = "path_template"
"""Where Litestar leaves which route it was, for the figures."""
_CONFIRMED = b"x-permissions-confirmed-at"


class NoEnd(Unavailable):
    """Mattermost was asked again and again; try again shortly."""

    code = "attached.no_end"


class _Body:
    """What has been received of a request, to be received again."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._held: list[Any] = []
        self._at = 0
        self._bytes = 0

    @property
    def is_whole(self) -> bool:
        return self._bytes <= _MOST_BYTES

    def rewind(self) -> None:
        self._at = 0

    async def __call__(self) -> Any:
        if self._at < len(self._held):
            self._at += 1
            return self._held[self._at - 1]
        message: Any = await self._receive()
        if message["type"] == "http.request" and self.is_whole:
            self._bytes += len(message.get("body", b""))
            self._held.append(message)
            self._at += 1
        return message


async def repeated(
    app: ASGIApp, scope: Scope, receive: Receive, send: Send, *, reception: Reception, talk: Talk
) -> None:
    """Answer a request in its conversation. Raises refusals of what has to be asked for it."""
    body = _Body(receive)
    for _ in range(_ATTEMPTS):
        talk.begin()
        body.rewind()
        attempt: Any = {**scope, "state": {}}
        await app(attempt, body, _withheld(send, reception, talk))
        if route := attempt.get(_ROUTE):
            cast("dict[str, Any]", scope)[_ROUTE] = route
        if not talk.wants_more:
            return
        if not body.is_whole:
            raise NoEnd
        await talk.settle()
    raise NoEnd


def _withheld(send: Send, reception: Reception, talk: Talk) -> Callable[[Message], Awaitable[None]]:
    """Sends what an attempt answers, unless it came to nothing."""
    is_answer = False

    async def send_answer(message: Message) -> None:
        nonlocal is_answer
        if message["type"] == "http.response.start":
            if talk.wants_more:
                return
            is_answer = True
            await reception.see_done(talk)
            if talk.confirmed_at is not None:
                at = datetime.fromtimestamp(talk.confirmed_at / SECOND_MS, UTC)
                message["headers"] = [*message["headers"], (_CONFIRMED, f"{at:%Y-%m-%dT%H:%M:%SZ}".encode())]
        if is_answer:
            await send(message)

    return send_answer
