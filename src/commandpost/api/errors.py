"""The one place where a refusal becomes a status and a body, in the shape of the face that was asked."""

from typing import Any, cast

import msgspec
import structlog
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, ValidationException

from commandpost import logs
from commandpost.api.alerts.errors import PREFIX as ALERTS_PREFIX
from commandpost.api.alerts.errors import alert_error
from commandpost.api.channel_export import PLUGIN_PREFIX as EXPORT_PREFIX
from commandpost.api.channel_export import export_error
from commandpost.api.v0.errors import v0_error
from commandpost.api.v4.errors import v4_error
from commandpost.kernel import errors
from commandpost.kernel.temporary import NoRoom, is_full

REQUEST_ID = "commandpost.request_id"
"""Where the logging middleware leaves the request's id in the scope."""

V0_PREFIX = "/plugins/com.mattermost.plugin-incident-management/"

_log = structlog.get_logger()

_STATUS: dict[type[errors.Refusal], int] = {
    errors.Invalid: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Outdated: 412,
    errors.Conflict: 409,
    errors.TooLarge: 413,
    errors.TooMany: 429,
    errors.SwitchedOff: 501,
    errors.Upstream: 502,
    errors.Unavailable: 503,
}
_KINDS = {400: errors.Invalid, 401: errors.Unauthenticated, 403: errors.Forbidden, 404: errors.NotFound}


class UnknownRoute(errors.NotFound):
    """Sorry, we could not find the page."""

    code = "route.unknown"


class WrongMethod(errors.Invalid):
    """This address does not know that method."""

    code = "route.method"


class Broken(errors.Refusal):
    """An internal error has occurred. Check app server logs for details."""

    code = "internal"


def status_of(refusal: errors.Refusal) -> int:
    """The HTTP status of a refusal's kind."""
    for kind in type(refusal).__mro__:
        if kind in _STATUS:
            return _STATUS[kind]
    return 500


def answer(request: Request[Any, Any, Any], cause: Exception) -> Response[Any]:
    """Litestar's exception handler for everything that a request can run into."""
    refusal, status = _refusal(cause)
    if isinstance(refusal, Broken):
        path = logs.without_capability(request.url.path)
        _log.error("request failed", path=path, method=request.method, exc_info=cause)
    headers: dict[str, str] = {}
    if isinstance(refusal, errors.TooMany | errors.Unavailable):
        headers["Retry-After"] = str(refusal.retry_after_s)
    if isinstance(cause, HTTPException) and cause.headers:
        headers.update(cause.headers)
    if request.url.path.startswith(V0_PREFIX):
        return v0_error(refusal, status, headers)
    if request.url.path.startswith(ALERTS_PREFIX):
        return alert_error(request.url.path, refusal, status, headers)
    if request.url.path.startswith(EXPORT_PREFIX):
        return export_error(refusal, status, headers)
    return v4_error(refusal, status, headers, request_id=_request_id(request))


def _request_id(request: Request[Any, Any, Any]) -> str:
    return str(cast("dict[str, object]", request.scope).get(REQUEST_ID, ""))


def _refusal(cause: Exception) -> tuple[errors.Refusal, int]:
    match cause:
        case errors.Refusal():
            return cause, status_of(cause)
        case ValidationException():
            return errors.Invalid(_validation_message(cause)), 400
        case HTTPException(status_code=404):
            return UnknownRoute(), 404
        case HTTPException(status_code=405):
            return WrongMethod(), 405
        case HTTPException(status_code=413):
            return errors.TooLarge("The request body is too large."), 413
        case HTTPException() if cause.status_code < 500:
            return _KINDS.get(cause.status_code, errors.Invalid)(cause.detail), cause.status_code
        case RecursionError() | msgspec.MsgspecError():
            return errors.Invalid("The request body is not valid."), 400
        case _ if isinstance(cause.__cause__, RecursionError | msgspec.MsgspecError):
            return errors.Invalid("The request body is not valid."), 400
        case _ if is_full(cause):
            _log.warning("no room for temporary files", why=str(cause))
            return NoRoom(), 503
        case _:
            return Broken(), 500


def _validation_message(cause: ValidationException) -> str:
    details = cast("list[dict[str, str]]", cause.extra) if isinstance(cause.extra, list) else []
    found = [f"{d.get('key', 'body')}: {d['message']}" for d in details if "message" in d]
    return "Invalid request. " + "; ".join(found) if found else "The request is not valid."


JSON = MediaType.JSON
