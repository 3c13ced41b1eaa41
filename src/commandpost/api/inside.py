"""Integrations that are paths of this server: called in process, as the one whose deed calls them."""

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import unquote, urlencode, urlsplit

import msgspec
from litestar import Litestar
from litestar.types import HTTPScope, Message

from commandpost.api.call import IDENTITY
from commandpost.workspace.model.who import Who
from commandpost.workspace.ports import IntegrationAnswer, IntegrationFailed

PRODUCTS = "/plugins/"
"""Where the paths of products begin."""


class Inside:
    """`workspace.ports.Integrations`, for addresses under `/plugins/`."""

    def __init__(self, app: Litestar) -> None:
        self._app = app

    async def post(self, who: Who, url: str, body: Mapping[str, Any]) -> IntegrationAnswer:
        """Raises IntegrationFailed for an address that is none of ours."""
        return await self._called(who, "POST", url, "", msgspec.json.encode(body))

    async def get(self, who: Who, url: str, query: Mapping[str, str]) -> IntegrationAnswer:
        """Raises IntegrationFailed for an address that is none of ours."""
        return await self._called(who, "GET", url, urlencode(query), b"")

    async def _called(self, who: Who, method: str, url: str, query: str, body: bytes) -> IntegrationAnswer:
        path, own_query = _path_of(url)
        scope = _scope(who, method, path, "&".join(part for part in (own_query, query) if part), body)
        status = 0
        answer = bytearray()

        async def receive() -> Any:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                answer.extend(message["body"])

        await self._app(scope, receive, send)
        return IntegrationAnswer(status=status, body=bytes(answer))


def _path_of(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError as cause:
        raise IntegrationFailed("The integration's address is not valid.") from cause
    path = unquote(parts.path)
    if parts.scheme or parts.netloc or not path.startswith(PRODUCTS) or ".." in path.split("/"):
        raise IntegrationFailed("The integration's address cannot be called from here.")
    return path, parts.query


def _scope(who: Who, method: str, path: str, query: str, body: bytes) -> HTTPScope:
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("utf-8", "surrogatepass"),
        "root_path": "",
        "query_string": query.encode("utf-8", "replace"),
        "headers": [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))],
        "client": None,
        "server": None,
        "state": {},
        "extensions": None,
        IDENTITY: who,
    }
    return cast("HTTPScope", cast("object", scope))
