"""Browsers on other sites (CORS): let in only from where the administrator says (AllowCorsFrom).

Costs nothing while the setting is empty, which it is by default.
"""

from litestar.datastructures import Headers
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from commandpost.workspace.desk import Desks

_METHODS = b"GET, POST, PUT, PATCH, DELETE"
_HEADERS = b"Authorization, Content-Type, X-CSRF-Token, X-Requested-With, Accept-Language"
_EXPOSED = b"Token, X-Request-Id, X-Version-Id"
_PREFLIGHT_VALID_S = b"600"


def is_allowed(origin: str, allowed_from: str) -> bool:
    """Whether a page of this origin may call: `*` allows all, else a list of origins split by spaces."""
    return bool(origin) and (allowed_from.strip() == "*" or origin in allowed_from.split())


class Cors:
    """ASGI middleware: answers preflights, and marks answers to calls from allowed origins."""

    def __init__(self, app: ASGIApp, *, desks: Desks) -> None:
        self._app = app
        self._desks = desks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        allowed_from = self._desks.config.allow_cors_from
        if not allowed_from or scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers.from_scope(scope)
        origin = headers.get("origin", "")
        if not is_allowed(origin, allowed_from):
            await self._app(scope, receive, send)
            return
        marks = [(b"access-control-allow-origin", origin.encode("latin-1")), (b"vary", b"Origin")]
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            marks += [
                (b"access-control-allow-methods", _METHODS),
                (b"access-control-allow-headers", _HEADERS),
                (b"access-control-max-age", _PREFLIGHT_VALID_S),
            ]
            await send({"type": "http.response.start", "status": 204, "headers": marks})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        marks.append((b"access-control-expose-headers", _EXPOSED))

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *marks]
            await send(message)

        await self._app(scope, receive, send_marked)
