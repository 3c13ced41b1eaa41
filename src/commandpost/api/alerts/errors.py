"""Errors in the shapes that senders of alerts know."""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import MediaType, Response
from litestar.openapi.datastructures import ResponseSpec

from commandpost.kernel.errors import Invalid, Refusal

PREFIX = "/hooks/alerts/"
PAGERDUTY = f"{PREFIX}pagerduty/"

_STATUSES = {
    400: ("invalid event", "Event object is invalid"),
    413: ("invalid event", "Event object is too large"),
    429: ("throttle exceeded", "Events arrive too quickly; try again later"),
}


class InvalidEvent(Invalid):
    """Event object is invalid"""

    code = "alerts.invalid_event"

    def __init__(self, errors: list[str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = errors


class EventErrorBody(msgspec.Struct, kw_only=True):
    """How PagerDuty's Events API says no."""

    status: str
    message: str
    errors: list[str]


class AlertErrorBody(msgspec.Struct, kw_only=True):
    """How Alertmanager's own API says no."""

    status: str
    error: str


def alert_error(path: str, refusal: Refusal, status: int, headers: Mapping[str, str]) -> Response[Any]:
    """The answer for a refusal, as the sender for whom this path is would expect it."""
    body: EventErrorBody | AlertErrorBody = AlertErrorBody(status="error", error=refusal.message)
    if path.startswith(PAGERDUTY):
        name, message = _STATUSES.get(status, ("error", "The event was not taken in"))
        errors = refusal.errors if isinstance(refusal, InvalidEvent) else [refusal.message]
        body = EventErrorBody(status=name, message=message, errors=errors)
    return Response(body, status_code=status, headers=dict(headers), media_type=MediaType.JSON)


def answers(body: type[msgspec.Struct], meanings: Mapping[int, str]) -> dict[int, ResponseSpec]:
    """What a route can answer besides its success, for the document."""
    return {
        status: ResponseSpec(data_container=body, description=meaning, generate_examples=False)
        for status, meaning in meanings.items()
    }
