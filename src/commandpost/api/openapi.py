"""The OpenAPI document of both REST faces, generated from the routes, and a page to browse it."""

from litestar.openapi import OpenAPIConfig

from commandpost import __version__

CONFIG = OpenAPIConfig(title="Command Post", version=__version__, path="/api/docs")

ROUTES = ()
