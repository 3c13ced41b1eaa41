"""Refusals in the words that the contract has for a route."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, TypeAlias

from litestar import Request, Response
from litestar.exceptions import HTTPException

from commandpost.api.call import UnreadableBody
from commandpost.api.errors import answer
from commandpost.api.v0.errors import v0_error
from commandpost.kernel.errors import Forbidden, Invalid

_Handlers: TypeAlias = dict[int | type[Exception], Callable[[Request[Any, Any, Any], Any], Response[Any]]]


@contextmanager
def forbidden_as(message: str) -> Generator[None]:
    """Whatever is forbidden inside is forbidden in these words."""
    try:
        yield
    except Forbidden as cause:
        raise Forbidden(message) from cause


@contextmanager
def invalid_as(message: str) -> Generator[None]:
    """Whatever is invalid inside is invalid in these words."""
    try:
        yield
    except Invalid as cause:
        raise Invalid(message) from cause


def undecodable_as(message: str) -> _Handlers:
    """Exception handlers of a route whose body, if it cannot be read, is refused in these words."""

    def handle(request: Request[Any, Any, Any], cause: Exception) -> Response[Any]:
        is_unread = isinstance(cause, HTTPException) and cause.status_code == 400
        if is_unread or isinstance(cause, UnreadableBody):
            return v0_error(Invalid(message), 400, {})
        return answer(request, cause)

    return {Exception: handle}
