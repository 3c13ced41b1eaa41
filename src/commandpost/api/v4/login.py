"""Routes for logging in and out, and for seeing and ending sessions."""

import msgspec
from litestar import Response

from commandpost.api.call import Call, PublicCall
from commandpost.api.identity import CSRF_COOKIE, TOKEN_COOKIE, USER_COOKIE
from commandpost.api.session_cookies import LONGEST_AGENT, props_of, session_cookies
from commandpost.api.v4.params import body_id, path_id
from commandpost.api.v4.route import get, post
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.api.v4.shapes.sessions import SessionShape, session_shape
from commandpost.api.v4.shapes.users import UserShape, whole_user
from commandpost.workspace.actions import login, sessions
from commandpost.workspace.actions.login import Credentials

_TOKEN_HEADER = "Token"


class LoginBody(msgspec.Struct, kw_only=True):
    """Who wants in: by username, e-mail address or id."""

    login_id: str | None = None
    id: str | None = None
    password: str | None = None
    token: str | None = None
    device_id: str | None = msgspec.field(default=None, name="deviceId")


class RevokeBody(msgspec.Struct, kw_only=True):
    """Which session is to end."""

    session_id: str


@post("/users/login", status_code=200)
async def public_log_in(public: PublicCall, data: LoginBody) -> Response[UserShape]:
    """Log in by password, and by the code of an authenticator app (`token`) where the account has one.

    The session's token is in the `Token` header, for browsers in cookies too.
    """
    headers = public.request.headers
    user, token = await login.log_in(
        public.desks,
        Credentials(
            login_id=data.login_id or data.id or "",
            password=data.password or "",
            code=data.token or "",
            address=public.address,
            device_id=(data.device_id or "")[:LONGEST_AGENT],
            props=props_of(headers),
        ),
    )
    answer = Response(whole_user(user), headers={_TOKEN_HEADER: token})
    if headers.get("x-requested-with", "").lower() == "xmlhttprequest":
        for cookie in session_cookies(public.desks.config, token, user.id):
            answer.set_cookie(cookie)
    return answer


@post("/users/logout", status_code=200)
async def public_log_out(public: PublicCall) -> Response[Done]:
    """End the session that is asking, if there is one."""
    if public.caller is not None:
        async with public.desks.writing() as desk:
            await sessions.log_out(desk, public.caller)
    answer = Response(DONE)
    if TOKEN_COOKIE in public.request.cookies:
        for name in (TOKEN_COOKIE, USER_COOKIE, CSRF_COOKIE):
            answer.delete_cookie(name)
    return answer


@get("/users/{user_id:str}/sessions")
async def list_sessions(call: Call, user_id: str) -> list[SessionShape]:
    """The living sessions of a user."""
    async with call.desks.reading() as desk:
        found = await sessions.of_user(desk, call.who, path_id(call.me(user_id), "user_id"))
    return [session_shape(session) for session in found]


@post("/users/{user_id:str}/sessions/revoke", status_code=200)
async def revoke_session(call: Call, user_id: str, data: RevokeBody) -> Done:
    """End one session of a user."""
    async with call.desks.writing() as desk:
        session_id = body_id(data.session_id, "session_id")
        await sessions.revoke(desk, call.who, path_id(call.me(user_id), "user_id"), session_id)
    return DONE


@post("/users/{user_id:str}/sessions/revoke/all", status_code=200)
async def revoke_all_sessions(call: Call, user_id: str) -> Done:
    """End all sessions of a user."""
    async with call.desks.writing() as desk:
        await sessions.revoke_all(desk, call.who, path_id(call.me(user_id), "user_id"))
    return DONE


@post("/users/sessions/revoke/all", status_code=200)
async def revoke_everybodys_sessions(call: Call) -> Done:
    """End everybody's sessions."""
    async with call.desks.writing() as desk:
        await sessions.revoke_everybodys(desk, call.who)
    return DONE


ROUTES = (
    public_log_in,
    public_log_out,
    list_sessions,
    revoke_session,
    revoke_all_sessions,
    revoke_everybodys_sessions,
)
