"""Who is behind a connection: resolved once, before any route, from cookie or bearer header.

Mattermost's order: the cookie wins over the header. Calls with a cookie that change something need proof
that they come from our own page (CSRF): the `X-CSRF-Token` header, or the older `X-Requested-With`.
"""

import hashlib
import hmac
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

from commandpost.api.call import IDENTITY
from commandpost.audit.origin import ORIGIN, Origin
from commandpost.workspace.callers import Callers
from commandpost.workspace.model.who import Who

TOKEN_COOKIE = "MMAUTHTOKEN"
USER_COOKIE = "MMUSERID"
CSRF_COOKIE = "MMCSRF"

_TELLING = {name.encode(): name for name in ("cookie", "authorization", "x-requested-with", "x-csrf-token")}
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def csrf_token(session_token: str) -> str:
    """The proof that belongs to a session: derived from its token, so nothing is stored."""
    return hashlib.sha256(b"csrf:" + session_token.encode()).hexdigest()[:26]


def presented_token(headers: Mapping[str, str], method: str) -> str:
    """The session token a request presents; "" if it has none, or a cookie without the proof it needs."""
    if cookie := headers.get("cookie"):
        token = _cookie_token(cookie)
        if token:
            if method in _SAFE_METHODS or _is_from_our_page(headers, token):
                return token
            return ""
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() in ("bearer", "token") and value:
        return value.strip()
    return ""


def _cookie_token(header: str) -> str:
    try:
        morsel = SimpleCookie(header).get(TOKEN_COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _is_from_our_page(headers: Mapping[str, str], token: str) -> bool:
    if headers.get("x-requested-with", "").lower() == "xmlhttprequest":
        return True
    return hmac.compare_digest(headers.get("x-csrf-token", "").encode(), csrf_token(token).encode())


class Identify:
    """ASGI middleware: leaves the caller (or None) in the scope for `api.call`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await identify(scope)
        await self.app(scope, receive, send)


async def identify(scope: HTTPScope) -> None:
    """Find out who asks and from where, once for each request.

    A call within the process keeps the origin of what it comes from.
    """
    if IDENTITY in scope:
        return
    who: Who | None = None
    token = presented_token(_telling(scope), scope["method"])
    if token:
        callers: Callers = scope["litestar_app"].state.callers
        who = await callers.identify(token)
        scope[IDENTITY] = who  # pyright: ignore[reportGeneralTypeIssues] -- ASGI scopes are open
    if client := scope["client"]:
        ORIGIN.set(Origin(client[0], who.session_id if who else ""))


def _telling(scope: HTTPScope) -> dict[str, str]:
    """The headers that say who asks: of several with one name, the first."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        if name in _TELLING:
            found.setdefault(_TELLING[name], value.decode("latin-1"))
    return found
