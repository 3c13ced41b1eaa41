"""Our pages at an address of their own: signing in by Mattermost's OAuth 2.0, and what they ask of the chat.

The chat's part is a few questions of Mattermost's REST v4, passed on as the member who asks, and `/incident`
with its dialogs (`deeds.py`). Everything else of v4 is unknown here: talk goes on in Mattermost, where
addresses of channels and posts lead.
"""

import re
from typing import Annotated
from urllib.parse import quote, urlencode

import litestar
from litestar import MediaType, Response, Router
from litestar.datastructures import Cookie
from litestar.params import QueryParameter
from litestar.response import Redirect

from commandpost.api.attached.deeds import public_execute, public_submit
from commandpost.api.attached.identity import SESSION_COOKIE, presented_token
from commandpost.api.attached.ports import Entrance, PassingOn, Reception
from commandpost.api.call import ApiRequest
from commandpost.api.errors import UnknownRoute
from commandpost.api.redirects import inside
from commandpost.kernel.errors import Refusal

_BEGUN_COOKIE = "CPSIGNIN"
_BEGUN_S = 600
_COMPLETION = "/oauth/mattermost/complete"
_MOST_BYTES = 100_000
_ID = r"[a-z0-9]{1,26}"
_ASKED = tuple(
    (method, re.compile(path))
    for method, path in (
        ("GET", r"users/me"),
        ("GET", r"users"),
        ("POST", r"users/(?:ids|usernames|search|status/ids)"),
        ("GET", rf"users/{_ID}/image"),
        ("GET", r"users/me/(?:teams|preferences)"),
        ("GET", rf"users/me/teams/{_ID}/channels(?:/members)?"),
        ("GET", rf"teams/{_ID}/members/{_ID}"),
        ("GET", rf"teams/{_ID}/commands/autocomplete_suggestions"),
        ("GET", rf"channels/{_ID}"),
        ("POST", rf"channels/{_ID}/members"),
        ("GET", rf"posts/{_ID}"),
        ("GET", r"config/client"),
    )
)
"""All that our pages ask of the chat; each is in Mattermost's API since before 5.31."""


@litestar.get("/oauth/mattermost/login", status_code=302, include_in_schema=False)
async def public_sign_in(request: ApiRequest, redirect_to: str = "") -> Redirect:
    """Send a browser to Mattermost, which signs people in; afterwards it goes on to `redirect_to`."""
    entrance: Entrance = request.app.state.entrance
    try:
        address, kept, is_secure = await entrance.begin(inside(redirect_to))
    except Refusal as refusal:
        return _refused(refusal)
    answer = Redirect(address)
    answer.set_cookie(_cookie(_BEGUN_COOKIE, kept, for_s=_BEGUN_S, path=_COMPLETION, is_secure=is_secure))
    return answer


@litestar.get(_COMPLETION, status_code=302, include_in_schema=False)
async def public_complete(
    request: ApiRequest, told_state: Annotated[str, QueryParameter(name="state")] = "", code: str = ""
) -> Redirect:
    """Take a browser back from Mattermost, and sign in whoever that has granted a session."""
    entrance: Entrance = request.app.state.entrance
    try:
        entered = await entrance.complete(
            kept=request.cookies.get(_BEGUN_COOKIE, ""), state=told_state, code=code
        )
    except Refusal as refusal:
        answer = _refused(refusal)
    else:
        answer = Redirect(entered.redirect_to)
        answer.set_cookie(
            _cookie(SESSION_COOKIE, entered.kept, for_s=entered.for_s, path="/", is_secure=entered.is_secure)
        )
    answer.delete_cookie(_BEGUN_COOKIE, path=_COMPLETION)
    return answer


@litestar.post("/oauth/mattermost/logout", status_code=200, include_in_schema=False)
async def public_sign_out(request: ApiRequest) -> Response[dict[str, str]]:
    """End the session, here and at Mattermost."""
    reception: Reception = request.app.state.reception
    entrance: Entrance = request.app.state.entrance
    guest = await reception.by_session(presented_token(request.scope))
    if guest is not None:
        await entrance.leave(guest.token)
    answer = Response({"status": "OK"}, media_type=MediaType.JSON)
    answer.delete_cookie(SESSION_COOKIE, path="/")
    return answer


@litestar.get("/go/{address:path}", status_code=302, include_in_schema=False)
async def public_go(request: ApiRequest, address: str) -> Redirect:
    """Lead to an address of Mattermost: a channel, a post."""
    base: str = request.app.state.mattermost.client.url
    return Redirect(base + quote(address, safe="/@~-._"))


@litestar.get("/api/v4/{path:path}", include_in_schema=False)
async def public_asked(request: ApiRequest, path: str) -> Response[bytes]:
    """What our pages read of the chat."""
    return await _passed_on(request, "GET", path)


@litestar.post("/api/v4/{path:path}", status_code=200, include_in_schema=False)
async def public_told(request: ApiRequest, path: str) -> Response[bytes]:
    """What our pages ask of the chat by a body, and entering an incident's channel."""
    return await _passed_on(request, "POST", path)


async def _passed_on(request: ApiRequest, method: str, path: str) -> Response[bytes]:
    asked = path.removeprefix("/")
    if not any(method == one and pattern.fullmatch(asked) for one, pattern in _ASKED):
        raise UnknownRoute
    body = await request.body() if method == "POST" else b""
    if len(body) > _MOST_BYTES:
        raise UnknownRoute
    passing_on: PassingOn = request.app.state.passing_on
    query = {name: request.query_params[name] for name in request.query_params}
    status, kind, content = await passing_on.passed_on(method, f"/{asked}", query, body)
    return Response(content, status_code=status, media_type=kind, headers={"cache-control": "no-store"})


def _refused(refusal: Refusal) -> Redirect:
    return Redirect(f"/login?{urlencode({'refused': refusal.code})}")


def _cookie(name: str, value: str, *, for_s: int, path: str, is_secure: bool) -> Cookie:
    """What only this server reads."""
    return Cookie(
        key=name, value=value, path=path, max_age=for_s, secure=is_secure, httponly=True, samesite="lax"
    )


router = Router(
    "/",
    route_handlers=[
        public_sign_in,
        public_complete,
        public_sign_out,
        public_go,
        public_execute,
        public_submit,
        public_asked,
        public_told,
    ],
)
