"""The route for the second factor of whoever signs in with OpenID Connect."""

import msgspec
from litestar import Response

from commandpost.api.call import PublicCall
from commandpost.api.session_cookies import props_of, session_cookies
from commandpost.api.v4.route import post
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.workspace.actions import openid

CODE_COOKIE = "MMOPENIDCODE"
CODE_PATH = "/api/v4/users/login/openid"


class CodeBody(msgspec.Struct, kw_only=True):
    """The code of an authenticator app."""

    token: str


@post("/users/login/openid", status_code=200)
async def public_enter_openid_code(public: PublicCall, data: CodeBody) -> Response[Done]:
    """Enter the code that an account needs besides what the provider has proved; signs in by cookies."""
    entered = await openid.enter_code(
        public.desks,
        public.request.cookies.get(CODE_COOKIE, ""),
        data.token,
        address=public.address,
        props=props_of(public.request.headers),
    )
    answer = Response(DONE)
    for cookie in session_cookies(public.desks.config, entered.token, entered.user_id):
        answer.set_cookie(cookie)
    answer.delete_cookie(CODE_COOKIE, path=CODE_PATH)
    return answer


ROUTES = (public_enter_openid_code,)
