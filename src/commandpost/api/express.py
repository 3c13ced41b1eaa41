"""The short way from a request to its route, for requests that need nothing special.

Litestar's general way (five layers, values parsed twice, a response made, checked and taken apart again)
costs about 150 µs of CPU: more than it takes to look up an incident. Nearly all routes take the caller, ids
from the path and a body, and give a shape; what such a route needs is settled once, and a request then only
runs it. Routes, documentation, decoding and refusals are the same on both ways. Whatever is not plain takes
the general one: other parameters, a missing body, an unusual address, an unknown route, another method.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, cast

import msgspec
from litestar import Litestar, Response
from litestar.enums import RequestEncodingType
from litestar.exceptions import HTTPException
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.params import BodyKwarg
from litestar.serialization import default_serializer
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

from commandpost.api.call import ApiRequest
from commandpost.api.identity import identify
from commandpost.api.socket.door import PATHS, visited

_PLAIN_HOST = re.compile(rb"[0-9A-Za-z.:\[\]-]*")
_NO_BODY = (204, 304)

_encode = msgspec.json.Encoder(enc_hook=default_serializer).encode

_Handler: TypeAlias = Any
"""Litestar's `HTTPRouteHandler`, whose types are not all told."""

_Given: TypeAlias = Callable[[ApiRequest], object]
_Refusing: TypeAlias = Callable[[ApiRequest, Exception], Response[Any]]


class Express:
    """ASGI application in front of Litestar's, for which it takes the plain requests to plain routes."""

    def __init__(self, app: Litestar, general: ASGIApp) -> None:
        self._general = general
        self._router = app.asgi_router
        self._ways: dict[BaseRouteHandler, _Way | None] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and scope["path"] in PATHS:
            await visited(scope, receive, send)
            return
        if scope["type"] != "http" or (way := self._way(scope)) is None:
            await self._general(scope, receive, send)
            return
        request = ApiRequest(scope, receive, send)
        try:
            await identify(scope)
            if (arguments := await way.arguments(request)) is None:
                await self._general(scope, receive, send)
                return
            answer = await way.run(request, arguments)
        except Exception as cause:  # noqa: BLE001 -- the edge of a request: what it ran into is its answer
            answer = way.refuse(request, cause).to_asgi_response(app=None, request=request)
        if isinstance(answer, bytes):
            await send({"type": "http.response.start", "status": way.status, "headers": way.headers(answer)})
            await send({"type": "http.response.body", "body": answer, "more_body": False})
        else:
            await answer(scope, receive, send)

    def _way(self, scope: HTTPScope) -> "_Way | None":
        """How to answer the request, if both it and its route are plain; notes the route in the scope."""
        path = scope["path"]
        if scope["root_path"] or path[-1:] == "/" or "//" in path or not _has_plain_host(scope):
            return None
        try:
            _, handler, _, parameters, template = self._router.handle_routing(
                path=path, method=scope["method"]
            )
        except HTTPException:
            return None
        if handler not in self._ways:
            self._ways[handler] = _way_to(handler)
        scope["path_params"] = parameters
        scope["route_handler"] = handler
        scope["path_template"] = template  # pyright: ignore[reportGeneralTypeIssues] -- ASGI scopes are open
        return self._ways[handler]


class _Way:
    """One plain route, with everything settled that is the same for each request."""

    def __init__(self, handler: _Handler, given: Mapping[str, _Given], ids: tuple[str, ...]) -> None:
        self._handler = handler
        self._route = handler.fn
        self._given = given
        self._ids = ids
        self._takes_body = handler.parsed_data_field is not None
        self._before = handler.resolve_before_request()
        media_type = getattr(handler.media_type, "value", handler.media_type)
        self._is_text = media_type.startswith("text/")
        charset = "; charset=utf-8" if self._is_text else ""
        self._content_type = (b"content-type", f"{media_type}{charset}".encode())
        self.status = handler.status_code
        self.refuse: _Refusing = handler.resolve_exception_handlers()[Exception]

    async def arguments(self, request: ApiRequest) -> dict[str, Any] | None:
        """What the route is called with; None if the body that it takes is missing."""
        if self._before is not None:
            await self._before(request)
        parameters = request.scope["path_params"]
        arguments: dict[str, Any] = {name: parameters[name] for name in self._ids}
        if self._takes_body:
            if not await request.body():
                return None
            arguments["data"] = await request.json()
        for name, given in self._given.items():
            arguments[name] = given(request)
        return arguments

    async def run(self, request: ApiRequest, arguments: dict[str, Any]) -> bytes | ASGIApp:
        """The route's answer: the body of its ordinary one, or one of another kind."""
        content = await self._route(**arguments)
        if content is None or isinstance(content, Response):
            return await self._handler.to_response(request.app, content, request)
        return content.encode() if self._is_text else _encode(content)

    def headers(self, body: bytes) -> list[tuple[bytes, bytes]]:
        """Those of an ordinary answer."""
        return [self._content_type, (b"content-length", b"%d" % len(body))]


def _has_plain_host(scope: HTTPScope) -> bool:
    for name, value in scope["headers"]:
        if name == b"host":
            return _PLAIN_HOST.fullmatch(value) is not None
    return True


def _way_to(handler: BaseRouteHandler) -> _Way | None:
    """The short way to a route, if the route is plain."""
    if (
        not isinstance(handler, HTTPRouteHandler)
        or handler.has_sync_callable
        or not _answers_plainly(handler)
    ):
        return None
    parameters = handler.parsed_fn_signature.parameters
    dependencies = handler.resolve_dependencies()
    given = {name: dependencies[name].dependency for name in parameters if name in dependencies}
    ids = tuple(name for name in parameters if name not in given and name != "data")
    if any(parameters[name].annotation is not str or not _is_in_path(handler, name) for name in ids):
        return None
    return _Way(handler, cast("Mapping[str, _Given]", given), ids)


def _answers_plainly(handler: _Handler) -> bool:
    return not (
        handler.status_code in _NO_BODY
        or not _takes_json(handler)
        or handler.cache
        or handler.resolve_guards()
        or handler.resolve_after_response()
        or handler.resolve_response_headers()
        or handler.resolve_response_cookies()
        or handler.resolve_data_dto()
        or handler.resolve_return_dto()
        or set(handler.resolve_exception_handlers()) != {Exception}
    )


def _takes_json(handler: _Handler) -> bool:
    body = handler.parsed_data_field and handler.parsed_data_field.kwarg_definition
    return not isinstance(body, BodyKwarg) or body.media_type == RequestEncodingType.JSON


def _is_in_path(handler: HTTPRouteHandler, name: str) -> bool:
    return any(f"{{{name}:str}}" in path for path in handler.paths)
