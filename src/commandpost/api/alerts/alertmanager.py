"""Webhooks of Prometheus Alertmanager, version 4."""

import base64
import binascii
import hashlib
from typing import Any

import litestar
import msgspec
from litestar import Request

from commandpost.api.alerts.errors import AlertErrorBody, answers
from commandpost.api.alerts.intake import LARGEST_BYTES, intake_of
from commandpost.api.call import ApiRequest, PublicCall
from commandpost.incidents.actions.alert_sources import TokenUnknown
from commandpost.incidents.model.alert import (
    KEY_LIMIT,
    SEVERITY_LIMIT,
    TITLE_LIMIT,
    Alert,
    AlertState,
    Batch,
    SourceKind,
    web_address,
)
from commandpost.kernel.errors import Invalid, Unavailable

_VERSION = "4"
_TITLES = ("summary", "title", "message", "description")
_STATES = {"firing": AlertState.FIRING, "resolved": AlertState.RESOLVED}

_ANSWERS = answers(
    AlertErrorBody,
    {
        400: "The body is not a webhook of version 4.",
        401: "No alert source has this token.",
        404: "Incident management is switched off.",
        405: "This address does not know that method.",
        409: "The source cannot start an incident: its playbook is gone, or nobody is left to lead.",
        413: "Too large.",
        503: "Too fast, or not just now; Alertmanager tries again by itself.",
    },
)


class AlertBody(msgspec.Struct, kw_only=True, rename="camel"):
    """One alert. Without a fingerprint, its labels tell it from others."""

    status: str
    labels: dict[str, str] = {}
    annotations: dict[str, str] = {}
    starts_at: str = ""
    generator_url: str = msgspec.field(default="", name="generatorURL")
    fingerprint: str = ""


class WebhookBody(msgspec.Struct, kw_only=True, rename="camel"):
    """What Alertmanager sends for a group of alerts."""

    version: str
    group_key: str
    alerts: list[AlertBody]
    group_labels: dict[str, str] = {}
    common_labels: dict[str, str] = {}
    common_annotations: dict[str, str] = {}


class TakenShape(msgspec.Struct, kw_only=True):
    """The alerts are taken in. `incident_id` is empty if there is nothing to do about them."""

    status: str
    incident_id: str


async def at_the_door(request: Request[Any, Any, Any]) -> None:
    """Before the body is read: the token is that of a source, which is not too fast.

    Raises TokenUnknown, Unavailable: Alertmanager repeats what was answered with 503, but not with 429.
    """
    assert isinstance(request, ApiRequest)
    wait_s = await intake_of(request).check(SourceKind.ALERTMANAGER, _token(request))
    if wait_s:
        raise Unavailable("Alerts come too fast; try again later.", retry_after_s=max(round(wait_s), 1))


@litestar.post(
    "/alertmanager",
    status_code=200,
    responses=_ANSWERS,
    request_max_body_size=LARGEST_BYTES,
    before_request=at_the_door,
)
async def public_receive_alertmanager(public: PublicCall, data: WebhookBody) -> TakenShape:
    """Take in a webhook of Prometheus Alertmanager.

    The token of an alert source comes as a bearer token or as the password of basic authentication.
    """
    if data.version != _VERSION:
        raise Invalid(f"The version of the webhook must be {_VERSION}, not {data.version[:20]!r}.")
    batch = Batch(group=data.group_key, name=_name(data), alerts=tuple(_alert(one) for one in data.alerts))
    request = public.request
    intake = intake_of(request)
    incident_id = await intake.receive(SourceKind.ALERTMANAGER, _token(request), batch)
    return TakenShape(status="success", incident_id=incident_id)


def _token(request: ApiRequest) -> str:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    match scheme.lower():
        case "bearer":
            return value.strip()
        case "basic":
            try:
                return base64.b64decode(value, validate=True).decode().partition(":")[2]
            except (binascii.Error, UnicodeDecodeError) as cause:
                raise TokenUnknown from cause
        case _:
            raise TokenUnknown


def _name(body: WebhookBody) -> str:
    """What is common to the group says best what is the matter."""
    for name in _TITLES[:2]:
        if body.common_annotations.get(name):
            return body.common_annotations[name]
    labels = {**body.common_labels, **body.group_labels}
    if labels.get("alertname"):
        return labels["alertname"]
    return _title(body.alerts[0]) if body.alerts else ""


def _alert(body: AlertBody) -> Alert:
    state = _STATES.get(body.status)
    if state is None:
        raise Invalid(f"The status of an alert is firing or resolved, not {body.status[:20]!r}.")
    labels = msgspec.json.encode(body.labels, order="sorted")
    return Alert(
        key=body.fingerprint[:KEY_LIMIT] or hashlib.sha256(labels).hexdigest(),
        state=state,
        title=_title(body),
        severity=body.labels.get("severity", "")[:SEVERITY_LIMIT],
        url=web_address(body.generator_url),
        since=body.starts_at[:SEVERITY_LIMIT],
    )


def _title(body: AlertBody) -> str:
    found = next((body.annotations[name] for name in _TITLES if body.annotations.get(name)), "")
    name = body.labels.get("alertname", "")
    title = f"{name}: {found}" if name and found else found or name or "Alert"
    return " ".join(title.split())[:TITLE_LIMIT]


ROUTES = (public_receive_alertmanager,)
