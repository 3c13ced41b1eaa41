"""Signing in with OpenID Connect, at the addresses that Mattermost has for it.

A browser comes and goes here by itself, so refusals lead to the sign-in page, which says why (`refused`).
"""

from typing import Annotated
from urllib.parse import urlencode

from litestar import get
from litestar.datastructures import Cookie
from litestar.params import QueryParameter
from litestar.response import Redirect

from commandpost.api.call import PublicCall
from commandpost.api.redirects import inside
from commandpost.api.session_cookies import is_secure, props_of, session_cookies
from commandpost.api.v4.openid import CODE_COOKIE, CODE_PATH
from commandpost.api.v4.route import ANSWERS
from commandpost.kernel.clock import SECOND_MS
from commandpost.workspace.actions import openid
from commandpost.workspace.actions.login import TooManyFailures
from commandpost.workspace.actions.openid import PENDING_MS, Returned
from commandpost.workspace.model.openid import (
    COMPLETION,
    AccountDeactivated,
    AddressTaken,
    AddressUnverified,
    Cancelled,
    NoAccount,
    ProviderAway,
    Stale,
    Unproven,
)
from commandpost.workspace.openid.provider import Provider

_KEPT_COOKIE = "MMOPENID"
_ANSWERS = {status: ANSWERS[status] for status in (400, 501, 503)}
_REFUSALS = (
    AccountDeactivated,
    AddressTaken,
    AddressUnverified,
    Cancelled,
    NoAccount,
    ProviderAway,
    Stale,
    TooManyFailures,
    Unproven,
)


@get("/oauth/openid/login", status_code=302, responses=_ANSWERS)
async def public_openid_login(public: PublicCall, redirect_to: str = "") -> Redirect:
    """Send a browser to the provider that signs people in; afterwards it goes on to `redirect_to`."""
    try:
        begun = await openid.begin(public.desks, _provider(public), redirect_to=inside(redirect_to))
    except ProviderAway as refusal:
        return _refused(refusal.code)
    answer = Redirect(begun.address)
    answer.set_cookie(_cookie(public, _KEPT_COOKIE, begun.kept, path=COMPLETION))
    return answer


@get(COMPLETION, status_code=302, responses=_ANSWERS)
async def public_openid_complete(
    public: PublicCall,
    answers: Annotated[str, QueryParameter(name="state")] = "",
    code: str = "",
    error: str = "",
    issuer: Annotated[str, QueryParameter(name="iss")] = "",
) -> Redirect:
    """Take a browser back from the provider, and sign in whoever that has proved it to be."""
    request = public.request
    returned = Returned(
        kept=request.cookies.get(_KEPT_COOKIE, ""),
        state=answers,
        code=code,
        error=error,
        issuer=issuer,
        address=public.address,
        props=props_of(request.headers),
    )
    try:
        entered = await openid.complete(public.desks, _provider(public), returned)
    except _REFUSALS as refusal:
        answer = _refused(refusal.code)
    else:
        if entered.token:
            answer = Redirect(entered.redirect_to)
            for cookie in session_cookies(public.desks.config, entered.token, entered.user_id):
                answer.set_cookie(cookie)
        else:
            answer = Redirect(f"/login?{urlencode({'code': 'openid', 'redirect_to': entered.redirect_to})}")
            answer.set_cookie(_cookie(public, CODE_COOKIE, entered.kept, path=CODE_PATH))
    answer.delete_cookie(_KEPT_COOKIE, path=COMPLETION)
    return answer


def _provider(public: PublicCall) -> Provider:
    return public.request.app.state.openid


def _refused(code: str) -> Redirect:
    return Redirect(f"/login?{urlencode({'refused': code.partition('.')[2]})}")


def _cookie(public: PublicCall, name: str, value: str, *, path: str) -> Cookie:
    """What only this server reads, and gets back when the provider sends the browser here."""
    return Cookie(
        key=name,
        value=value,
        path=path,
        max_age=PENDING_MS // SECOND_MS,
        secure=is_secure(public.desks.config),
        httponly=True,
        samesite="lax",
    )


ROUTES = (public_openid_login, public_openid_complete)
