"""Errors as the plugin's REST v0 shapes them: {"error": message}."""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import MediaType, Response

from commandpost.kernel.errors import Refusal


class ErrorBody(msgspec.Struct):
    """The body of every answer that is not a success, but for 401."""

    error: str


def v0_error(refusal: Refusal, status: int, headers: Mapping[str, str]) -> Response[Any]:
    """The answer for a refusal; without a session it is plain text, as the original's."""
    if status == 401:
        return Response("Not authorized\n", status_code=401, media_type=MediaType.TEXT)
    return Response(
        ErrorBody(refusal.message), status_code=status, headers=dict(headers), media_type=MediaType.JSON
    )
