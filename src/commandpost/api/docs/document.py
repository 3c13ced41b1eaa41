"""The OpenAPI document of both REST faces, as Litestar generates it, completed where it cannot know."""

import inspect
from typing import Any

from litestar import Litestar
from litestar.routes import HTTPRoute

PREFIXES = {
    "/api/v4/": "v4",
    "/plugins/com.mattermost.plugin-incident-management/api/v0/": "v0",
    "/hooks/": "hooks",
    "/plugins/com.mattermost.plugin-channel-export/api/v1/": "channel export",
}
"""Where each REST face begins, and what it is called."""

DESCRIPTION = """\
Two REST faces over one workspace: **v4**, the chat, as Mattermost's clients expect it, and **v0**, playbooks
and incidents, as clients of the incident plugin expect it.

Ids are 26 letters and digits. Times are milliseconds since 1970 UTC; 0 means never. Unknown fields and query
parameters are ignored. Lists take `page` (from 0) and `per_page`. Sign in with `POST /api/v4/users/login`:
its answer carries a `Token` header; send that as `Authorization: Bearer …`.
"""

_SCHEMES = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A session token, or a personal access token.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "MMAUTHTOKEN",
        "description": "A browser's session; whatever is not GET also needs the header X-CSRF-Token.",
    },
}


def document(app: Litestar) -> dict[str, Any]:
    """The document as JSON data: summaries from docstrings, tags from paths, security from names."""
    described = app.openapi_schema.to_schema()
    described["info"]["description"] = DESCRIPTION
    described.setdefault("components", {})["securitySchemes"] = _SCHEMES
    described["security"] = [{name: []} for name in _SCHEMES]
    tags: dict[str, None] = {}
    for route in app.routes:
        operations = described["paths"].get(route.path_format) if isinstance(route, HTTPRoute) else None
        if isinstance(route, HTTPRoute) and operations:
            for method, (handler, _) in route.route_handler_map.items():
                operation = operations.get(method.lower())
                if operation is not None:
                    tag = _tag(route.path_format)
                    tags[tag] = None
                    _complete(operation, tag, handler.fn.__doc__ or "", handler.handler_name)
    described["tags"] = [{"name": name} for name in tags]
    return described


def _complete(operation: dict[str, Any], tag: str, docstring: str, handler_name: str) -> None:
    summary, _, rest = inspect.cleandoc(docstring).partition(". ")
    summary, _, more = summary.partition("\n\n")
    operation["summary"] = " ".join(summary.split()).rstrip(".")
    description = f"{rest}\n\n{more}".strip()
    operation.pop("description", None)
    if description:
        operation["description"] = description
    operation["tags"] = [tag]
    if handler_name.startswith("public_"):
        operation["security"] = []


def _tag(path: str) -> str:
    for prefix, face in PREFIXES.items():
        if path.startswith(prefix):
            return f"{face}: {path.removeprefix(prefix).split('/')[0]}"
    return "operation"
