"""Whose session of Mattermost a request carries, as Mattermost reads it: cookie, or bearer header.

A cookie comes along with whatever page calls. So what changes something needs the proof that it comes from a
page of this address: `X-Requested-With`, or the token of Mattermost's own cookie against forgery.
"""

import hmac
from http.cookies import CookieError, SimpleCookie

from litestar.types import HTTPScope

from commandpost.api.attached.ports import Guest
from commandpost.api.identity import CSRF_COOKIE, TOKEN_COOKIE
from commandpost.workspace.model.who import Who

SESSION_COOKIE = "CPSESSION"
"""The session of a member at an address of our own, sealed; see `pages`."""

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_TELLING = (b"cookie", b"authorization", b"x-requested-with", b"x-csrf-token")


def presented_token(scope: HTTPScope) -> str:
    """The token a request presents; "" if it has none, or a cookie without the proof it needs."""
    headers: dict[bytes, str] = {}
    for name, value in scope["headers"]:
        if name in _TELLING:
            headers.setdefault(name, value.decode("latin-1"))
    if given := _given(headers.get(b"authorization", ""), "bearer", "token"):
        return given
    cookies = _cookies(headers.get(b"cookie", ""))
    token = cookies.get(SESSION_COOKIE, "") or cookies.get(TOKEN_COOKIE, "")
    if not token or scope["method"] in _SAFE_METHODS:
        return token
    if headers.get(b"x-requested-with", "").lower() == "xmlhttprequest":
        return token
    if SESSION_COOKIE in cookies:
        return ""
    proof, told = cookies.get(CSRF_COOKIE, ""), headers.get(b"x-csrf-token", "")
    return token if proof and hmac.compare_digest(proof.encode(), told.encode()) else ""


def sent_along(header: str) -> str:
    """The session of who has pressed a button or sent in a dialog, as Mattermost sends it; "" without."""
    return _given(header, "bearer")


def presented_cookie(header: str) -> str:
    """The session in a cookie header; "" if there is none."""
    cookies = _cookies(header)
    return cookies.get(SESSION_COOKIE, "") or cookies.get(TOKEN_COOKIE, "")


def who_is(guest: Guest) -> Who:
    """Somebody from Mattermost, as the doors know callers."""
    return Who(
        user_id=guest.user_id,
        username=guest.username,
        roles=guest.roles,
        is_bot=guest.is_bot,
        timezone=guest.timezone,
    )


def _given(header: str, *schemes: str) -> str:
    """What an authorization header gives by one of these schemes; "" if nothing."""
    scheme, _, given = header.partition(" ")
    return given.strip() if scheme.lower() in schemes else ""


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}
