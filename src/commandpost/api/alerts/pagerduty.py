"""Events as PagerDuty's Events API v2 takes them."""

import secrets

import litestar
import msgspec

from commandpost.api.alerts.errors import EventErrorBody, InvalidEvent, answers
from commandpost.api.alerts.intake import intake_of
from commandpost.api.call import PublicCall
from commandpost.incidents.actions.alert_sources import TokenUnknown
from commandpost.incidents.model.alert import (
    SEVERITY_LIMIT,
    TITLE_LIMIT,
    Alert,
    AlertState,
    Batch,
    SourceKind,
    web_address,
)
from commandpost.kernel.errors import TooMany

LARGEST_BYTES = 512_000

_ACTIONS = {
    "trigger": AlertState.FIRING,
    "acknowledge": AlertState.ACKNOWLEDGED,
    "resolve": AlertState.RESOLVED,
}
_SEVERITIES = ("critical", "error", "warning", "info")
_KEY_LIMIT = 255
_SUMMARY_LIMIT = 1024

_ANSWERS = answers(
    EventErrorBody,
    {
        400: "The event is not valid, or no alert source has this routing key.",
        404: "Incident management is switched off.",
        405: "This address does not know that method.",
        409: "The source cannot start an incident: its playbook is gone, or nobody is left to lead.",
        413: "Too large.",
        429: "Too fast.",
        503: "Not just now; try again.",
    },
)


class LinkBody(msgspec.Struct, kw_only=True):
    """A link that belongs to an event."""

    href: str = ""


class PayloadBody(msgspec.Struct, kw_only=True):
    """What is the matter; needed to trigger."""

    summary: str = ""
    source: str = ""
    severity: str = ""
    group: str | None = None


class EventBody(msgspec.Struct, kw_only=True):
    """An event. `event_action` is trigger, acknowledge or resolve."""

    routing_key: str = ""
    event_action: str = ""
    dedup_key: str | None = None
    payload: PayloadBody | None = None
    links: list[LinkBody] | None = None
    client_url: str | None = None


class EnqueuedShape(msgspec.Struct, kw_only=True):
    """The event is taken in; `dedup_key` is what its later events must bear."""

    status: str
    message: str
    dedup_key: str


@litestar.post(
    "/pagerduty/v2/enqueue",
    status_code=202,
    responses=_ANSWERS,
    request_max_body_size=LARGEST_BYTES,
)
async def public_receive_pagerduty(public: PublicCall, data: EventBody) -> EnqueuedShape:
    """Take in an event as PagerDuty's Events API v2 does; the routing key is the token of an alert source."""
    intake = intake_of(public.request)
    if errors := _errors(data):
        raise InvalidEvent(errors)
    try:
        wait_s = await intake.check(SourceKind.PAGERDUTY, data.routing_key)
        if wait_s:
            raise TooMany("Events arrive too quickly.", retry_after_s=max(round(wait_s), 1))
        key = data.dedup_key or secrets.token_hex(16)
        await intake.receive(SourceKind.PAGERDUTY, data.routing_key, _batch(data, key))
    except TokenUnknown as cause:
        raise InvalidEvent(["'routing_key' is not that of an alert source"]) from cause
    return EnqueuedShape(status="success", message="Event processed", dedup_key=key)


def _errors(body: EventBody) -> list[str]:
    """Everything that is wrong with an event."""
    errors: list[str] = []
    if not body.routing_key:
        errors.append("'routing_key' is missing or blank")
    if body.event_action not in _ACTIONS:
        errors.append("'event_action' must be one of: 'trigger', 'acknowledge', 'resolve'")
    if len(body.dedup_key or "") > _KEY_LIMIT:
        errors.append(f"'dedup_key' is longer than {_KEY_LIMIT} characters")
    if body.event_action == "trigger":
        errors += _errors_of_payload(body.payload or PayloadBody())
    elif not body.dedup_key:
        errors.append("'dedup_key' is missing or blank")
    return errors


def _errors_of_payload(payload: PayloadBody) -> list[str]:
    errors = [
        f"'payload.{name}' is missing or blank"
        for name, text in (("summary", payload.summary), ("source", payload.source))
        if not text.strip()
    ]
    if len(payload.summary) > _SUMMARY_LIMIT:
        errors.append(f"'payload.summary' is longer than {_SUMMARY_LIMIT} characters")
    if payload.severity not in _SEVERITIES:
        errors.append("'payload.severity' must be one of: 'critical', 'error', 'warning', 'info'")
    return errors


def _batch(body: EventBody, key: str) -> Batch:
    payload = body.payload or PayloadBody()
    summary = " ".join(payload.summary.split())
    addresses = (body.client_url or "", *(one.href for one in body.links or ()))
    alert = Alert(
        key=key,
        state=_ACTIONS[body.event_action],
        title=f"{summary} ({payload.source.strip()})"[:TITLE_LIMIT],
        severity=payload.severity[:SEVERITY_LIMIT],
        url=next((url for url in map(web_address, addresses) if url), ""),
    )
    return Batch(group=payload.group or "", name=summary, alerts=(alert,))


ROUTES = (public_receive_pagerduty,)
