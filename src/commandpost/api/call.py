"""What a route works with: the one who asks, and the desks.

A route takes `call: Call` and is then for signed-in users only; a public route takes `call: PublicCall`
and says `public_` in its name.
"""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeGuard, cast

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import InternalServerException
from litestar.types import Empty, HTTPReceiveMessage, Receive, WebSocketReceiveMessage
from litestar.types.asgi_types import HTTPRequestEvent

from commandpost.kernel.errors import Invalid, Unauthenticated
from commandpost.kernel.text import holds_nul
from commandpost.workspace.desk import Desks
from commandpost.workspace.model.who import Who

IDENTITY = "commandpost.who"
"""Where `api.identity` leaves the caller in the connection's scope."""


_SHORT_BYTES = 64 * 1024
"""Less than any route takes at most."""


class TwoFactorRequired(Unauthenticated):
    """Multi-factor authentication is required on this server. Set it up first."""

    code = "two_factor.required"


class UnreadableBody(Invalid):
    """The request body is not valid."""

    code = "invalid"


class HungUp(Invalid):
    """The request ended before its body was there."""

    code = "invalid"


class ApiRequest(Request[Any, Any, State]):
    """A request whose body is decoded once, strictly, into what its route takes.

    Wrong types are refused (a text is no number), and so is what no database can store.
    """

    async def body(self) -> bytes:
        """A short body that comes in one piece, as nearly all do, is taken as it is."""
        if self._body is Empty and self._connection_state.body is Empty:
            first = cast("HTTPReceiveMessage", await self.receive())
            if _is_whole_and_short(first):
                self._body = self._connection_state.body = first["body"]
                return first["body"]
            self.receive = _beginning_with(first, self.receive)
        return await super().body()

    async def stream(self) -> AsyncGenerator[bytes]:
        """The pieces of the body. Raises HungUp, which is no fault of ours, when the client goes away."""
        try:
            async for piece in super().stream():
                yield piece
        except InternalServerException as cause:
            raise HungUp from cause

    async def json(self) -> Any:
        body = await self.body()
        if b"\x00" in body or holds_nul(body):
            raise UnreadableBody("The text contains a NUL character, which cannot be stored.")
        field = self.route_handler.parsed_data_field
        try:
            body.decode()
            return _decoder(Any if field is None else field.annotation).decode(body or b"null")
        except (UnicodeDecodeError, msgspec.MsgspecError, RecursionError) as cause:
            raise UnreadableBody(f"Invalid or missing parameter in request body: {cause}.") from cause


def _is_whole_and_short(message: HTTPReceiveMessage) -> TypeGuard[HTTPRequestEvent]:
    return (
        message["type"] == "http.request"
        and not message.get("more_body", False)
        and len(message["body"]) <= _SHORT_BYTES
    )


def _beginning_with(first: HTTPReceiveMessage, others: Receive) -> Receive:
    waiting = [first]

    async def receive() -> HTTPReceiveMessage | WebSocketReceiveMessage:
        return waiting.pop() if waiting else await others()

    return receive


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCall:
    """A call that anybody may make. `who` is None for somebody who is not signed in."""

    request: ApiRequest
    desks: Desks
    caller: Who | None

    @property
    def address(self) -> str:
        """Where the call came from, for throttling."""
        return _address(self.request)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call by a signed-in user."""

    request: ApiRequest
    desks: Desks
    who: Who

    @property
    def address(self) -> str:
        """Where the call came from, for throttling."""
        return _address(self.request)

    def me(self, user_id: str) -> str:
        """The user a path names: `me` is the caller."""
        return self.who.user_id if user_id == "me" else user_id


def public_call(request: ApiRequest) -> PublicCall:
    """The dependency behind `PublicCall`. Raises Invalid for an address that no database can look up."""
    _refuse_nul(request)
    who = caller_of(request)
    if who is not None and _must_set_up_first(request, who):
        who = None
    return PublicCall(request=request, desks=request.app.state.desks, caller=who)


def signed_in_call(request: ApiRequest) -> Call:
    """The dependency behind `Call`. Raises Unauthenticated, TwoFactorRequired; Invalid as `public_call`."""
    _refuse_nul(request)
    who = caller_of(request)
    if who is None:
        raise Unauthenticated
    if _must_set_up_first(request, who):
        raise TwoFactorRequired
    return Call(request=request, desks=request.app.state.desks, who=who)


def _refuse_nul(request: ApiRequest) -> None:
    scope = request.scope
    if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
        raise Invalid("The address contains a NUL character.")


def caller_of(request: ApiRequest) -> Who | None:
    """Who asks; None if nobody is signed in."""
    return cast("dict[str, Who | None]", request.scope).get(IDENTITY)


def _must_set_up_first(request: ApiRequest, who: Who) -> bool:
    """Whether a caller may do this only with the second factor that the server wants of everybody."""
    if not who.lacks_two_factor:
        return False
    path, method = request.scope["path"], request.scope["method"]
    for own in ("/api/v4/users/me", f"/api/v4/users/{who.user_id}"):
        if (method, path) in (("GET", own), ("PUT", f"{own}/mfa"), ("POST", f"{own}/mfa/generate")):
            return False
    return path != "/api/v4/users/logout"


def _address(request: ApiRequest) -> str:
    return request.client.host if request.client else ""
