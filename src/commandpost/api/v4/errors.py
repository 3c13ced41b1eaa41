"""Errors as Mattermost's API v4 shapes them: id, message, detailed_error, request_id, status_code."""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import MediaType, Response

from commandpost.kernel.errors import Refusal

IDS: dict[str, tuple[int, str]] = {
    "unauthenticated": (401, "api.context.session_expired.app_error"),
    "forbidden": (403, "api.context.permissions.app_error"),
    "invalid": (400, "api.context.invalid_body_param.app_error"),
    "url_param": (400, "api.context.invalid_url_param.app_error"),
    "route.unknown": (404, "api.context.404.app_error"),
    "route.method": (405, "api.context.405.app_error"),
    "too_large": (413, "api.context.too_large.app_error"),
    "too_many": (429, "api.context.rate_limited.app_error"),
    "unavailable": (503, "api.context.unavailable.app_error"),
    "internal": (500, "api.context.internal.app_error"),
}
"""For each refusal's code, the status and id the contract gives it. A code not in here keeps its kind's
status and goes out as `app.<code>.app_error`."""


class ErrorBody(msgspec.Struct, kw_only=True):
    """The body of every answer that is not a success."""

    id: str
    message: str
    detailed_error: str = ""
    request_id: str
    status_code: int


def v4_error(refusal: Refusal, status: int, headers: Mapping[str, str], *, request_id: str) -> Response[Any]:
    """The answer for a refusal."""
    status, wire_id = IDS.get(refusal.code, (status, f"app.{refusal.code}.app_error"))
    body = ErrorBody(id=wire_id, message=refusal.message, request_id=request_id, status_code=status)
    return Response(body, status_code=status, headers=dict(headers), media_type=MediaType.JSON)
