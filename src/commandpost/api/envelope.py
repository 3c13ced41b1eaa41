"""What every HTTP answer carries, whatever the route: request id, version, safety headers; and its count.

The outermost layer of the application, so that it also sees what no route answers (unknown addresses), and
answers what is cut off when the server stops.
"""

import asyncio
import hashlib
from time import perf_counter
from typing import cast

import structlog
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from commandpost import logs
from commandpost.api.call import IDENTITY, ApiRequest
from commandpost.api.errors import REQUEST_ID, answer
from commandpost.api.metrics import Metrics
from commandpost.api.v4.shapes.config import VERSION
from commandpost.kernel.errors import Unavailable
from commandpost.kernel.ids import new_id
from commandpost.kernel.stop import Stop
from commandpost.workspace.desk import Desks
from commandpost.workspace.model.config import Config

_CSP = b"content-security-policy"
_SAFETY = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
)
_STRICTEST = (_CSP, b"default-src 'none'; frame-ancestors 'none'")
_CACHE_CONTROL = b"cache-control"
_EXPIRED = (b"expires", b"0")

_log = structlog.get_logger()


class Stopping(Unavailable):
    """The server is stopping and could not finish this; try again shortly."""

    code = "stopping"


def config_hash(config: Config) -> str:
    """Changes whenever a setting does: clients that see a new one fetch the settings again."""
    return hashlib.sha256(repr(config).encode("utf-8", "replace")).hexdigest()[:32]


def version_id(config: Config) -> str:
    """Mattermost's `X-Version-Id`: version, build, hash of the settings, licensed or not."""
    return f"{VERSION}.{VERSION}.{config_hash(config)}.false"


class Envelope:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, *, desks: Desks, metrics: Metrics, access_log: bool, stop: Stop) -> None:
        self._app = app
        self._desks = desks
        self._metrics = metrics
        self._access_log = access_log
        self._stop = stop
        self._config: Config | None = None
        self._version = b""

    def _is_cut_off(self, scope: Scope) -> bool:
        """Whether what is cancelled is so by a stop. Calls within the process end with who made them."""
        return self._stop.has_begun and IDENTITY not in scope

    def _version_header(self) -> bytes:
        if self._config is not self._desks.config:
            self._config = self._desks.config
            self._version = version_id(self._config).encode()
        return self._version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = new_id()
        scope[REQUEST_ID] = request_id  # pyright: ignore[reportGeneralTypeIssues] -- ASGI scopes are open
        outer = logs.request_id.set(request_id)
        try:
            if scope["type"] == "http":
                await self._answer(scope, receive, send, request_id)
            else:
                await self._app(scope, receive, send)
        except asyncio.CancelledError:
            if not self._is_cut_off(scope):
                raise
        finally:
            logs.request_id.reset(outer)

    async def _answer(self, scope: HTTPScope, receive: Receive, send: Send, request_id: str) -> None:
        always = [(b"x-request-id", request_id.encode()), (b"x-version-id", self._version_header()), *_SAFETY]
        started = perf_counter()
        status = 0

        async def send_enveloped(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                given = {name for name, _ in message["headers"]}
                headers = [*message["headers"], *always]
                if _CSP not in given:
                    headers.append(_STRICTEST)
                if scope["method"] == "GET" and _CACHE_CONTROL not in given:
                    headers.append(_EXPIRED)
                message["headers"] = headers
            await send(message)

        try:
            await self._app(scope, receive, send_enveloped)
        except asyncio.CancelledError:
            if status or not self._is_cut_off(scope):
                raise
            await _refuse(scope, receive, send_enveloped)
        finally:
            elapsed = perf_counter() - started
            route = cast("dict[str, str]", scope).get("path_template", "unknown")
            self._metrics.answered(scope["method"], route, status, elapsed)
            if self._access_log:
                _log.info(
                    "answered",
                    method=scope["method"],
                    path=logs.without_capability(scope["path"]),
                    status=status,
                    ms=round(elapsed * 1000, 1),
                )


async def _refuse(scope: HTTPScope, receive: Receive, send: Send) -> None:
    """Say in the shape of the face that was asked that the server stops."""
    request = ApiRequest(cast("Scope", scope))
    refusal = answer(request, Stopping()).to_asgi_response(  # pyright: ignore[reportUnknownMemberType] -- Litestar's own is open
        app=None, request=request
    )
    await refusal(cast("Scope", scope), receive, send)
