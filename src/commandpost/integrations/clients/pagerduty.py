"""PagerDuty by its vendor's client library, `pagerduty`."""

# The library's keyword arguments are untyped.
# pyright: reportUnknownMemberType=false

from typing import Any
from urllib.parse import urlsplit

import httpx2
from pagerduty import EventsApiV2Client, RestApiV2Client

from commandpost.integrations.clients.headers import meant_for_the_tool
from commandpost.integrations.web import Carry, Request


class _Carried(httpx2.BaseTransport):
    """Where `httpx2` would open a connection: the request leaves by the guarded way instead.

    The library takes no address but https; requests go by the scheme of the address in the settings.
    """

    def __init__(self, carry: Carry, scheme: str) -> None:
        self._carry = carry
        self._scheme = scheme

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = self._carry(
            Request(
                method=request.method,
                url=str(request.url.copy_with(scheme=self._scheme)),
                headers=meant_for_the_tool(request.headers),
                body=request.read() or None,
            )
        )
        return httpx2.Response(
            answer.status, headers=meant_for_the_tool(answer.headers), stream=httpx2.ByteStream(answer.body)
        )


class RestClient:
    """REST v2: answers are what is inside the envelope. Incidents are opened in the name of `from_email`."""

    def __init__(self, carry: Carry, *, url: str, token: str, from_email: str) -> None:
        self._client = RestApiV2Client(
            token,
            default_from=from_email or None,
            base_url=_secure(url),
            transport=_Carried(carry, urlsplit(url).scheme),
            trust_env=False,
        )

    def get(self, path: str, query: dict[str, str]) -> object:
        return self._client.rget(path, params=query)

    def open_incident(self, incident: dict[str, object]) -> object:
        return self._client.rpost("/incidents", json=incident)


def trigger(carry: Carry, *, url: str, routing_key: str, event: dict[str, Any]) -> object:
    """Send an event of Events v2 that triggers an alert; gives its dedup_key."""
    client = EventsApiV2Client(
        routing_key,
        base_url=_secure(url),
        transport=_Carried(carry, urlsplit(url).scheme),
        trust_env=False,
    )
    return client.send_event("trigger", **event)


def _secure(url: str) -> str:
    return urlsplit(url)._replace(scheme="https").geturl()
