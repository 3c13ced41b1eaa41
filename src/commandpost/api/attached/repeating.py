"""A request is answered in as many attempts as it takes to have asked Mattermost all that it wants to know.

An attempt that ended for want of an answer has changed nothing; its response is thrown away.
"""

import os
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import Any, cast

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from commandpost.api.attached.ports import Reception, Talk
from commandpost.kernel.clock import SECOND_MS
from commandpost.kernel.errors import Unavailable
from commandpost.kernel.temporary import in_temporary_files

_ATTEMPTS = 20
_IN_MEMORY_BYTES = 4_000_000
_ROUTE = "path_template"
"""Where Litestar leaves which route it was, for the figures."""
_CONFIRMED = b"x-permissions-confirmed-at"


class NoEnd(Unavailable):
    """Mattermost was asked again and again; try again shortly."""

    code = "attached.no_end"


class _Body:
    """What has been received of a request, to be received again; what is long is held in a file.

    How much that is, is for each route to say: no more is held than has been asked for. Raises NoRoom.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._held: list[Any] = []
        self._at = 0
        self._bytes = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES)  # noqa: SIM115 -- closed by who has made this

    def rewind(self) -> None:
        self._at = 0

    def close(self) -> None:
        with suppress(OSError):  # What found no room is still to be written.
            self._bytes.close()

    async def __call__(self) -> Any:
        if self._at < len(self._held):
            message, start, size = self._held[self._at]
            self._at += 1
            with in_temporary_files():
                self._bytes.seek(start)
                return {**message, "body": self._bytes.read(size)} if size else message
        message: Any = await self._receive()
        if message["type"] == "http.request":
            with in_temporary_files():
                start = self._bytes.seek(0, os.SEEK_END)
                size = self._bytes.write(message.get("body", b""))
            self._held.append(({**message, "body": b""}, start, size))
            self._at += 1
        return message


async def repeated(
    app: ASGIApp, scope: Scope, receive: Receive, send: Send, *, reception: Reception, talk: Talk
) -> None:
    """Answer a request in its conversation. Raises refusals of what has to be asked for it."""
    with closing(_Body(receive)) as body:
        for _ in range(_ATTEMPTS):
            talk.begin()
            body.rewind()
            attempt: Any = {**scope, "state": {}}
            await app(attempt, body, _withheld(send, reception, talk))
            if route := attempt.get(_ROUTE):
                cast("dict[str, Any]", scope)[_ROUTE] = route
            if not talk.wants_more:
                return
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
