"""Where the document and its page are served: `/api/docs/openapi.json` and `/api/docs`."""

from typing import Any

import msgspec
from litestar import Litestar, Request, Router
from litestar.datastructures import ResponseHeader
from litestar.enums import MediaType, OpenAPIMediaType
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import OpenAPIRenderPlugin

from commandpost import __version__
from commandpost.api.docs.document import document
from commandpost.api.docs.page import POLICY, page

PATH = "/api/docs"


class _Rendered(OpenAPIRenderPlugin):
    """Renders once per application."""

    def __init__(self, *, path: str, media_type: MediaType | OpenAPIMediaType) -> None:
        super().__init__(path=path, media_type=media_type)
        self._rendered: tuple[Litestar, bytes] | None = None

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        if self._rendered is None or self._rendered[0] is not request.app:
            self._rendered = (request.app, self.rendered(document(request.app)))
        return self._rendered[1]

    def rendered(self, described: dict[str, Any]) -> bytes:
        """The bytes to serve for a document."""
        raise NotImplementedError


class _Document(_Rendered):
    def rendered(self, described: dict[str, Any]) -> bytes:
        return msgspec.json.encode(described)


class _Page(_Rendered):
    def rendered(self, described: dict[str, Any]) -> bytes:
        return page(described)


def openapi_config() -> OpenAPIConfig:
    """How Litestar generates the document and where it is served."""
    return OpenAPIConfig(
        title="Command Post",
        version=__version__,
        render_plugins=[
            _Page(path="/", media_type=MediaType.HTML),
            _Document(path="/openapi.json", media_type=MediaType.JSON),
        ],
        openapi_router=Router(
            PATH,
            route_handlers=[],
            include_in_schema=False,
            response_headers=[ResponseHeader(name="Content-Security-Policy", value=POLICY)],
        ),
    )
