"""So many requests are taken on at once; who comes beyond that is told at once to come again.

Without it, each request of an overload would wait behind all others, until nobody waits for answers any more.
Turning away costs time too, so it must not become all that is done: the more are turned away, the later they
are told to come again, and until then nothing is read from them (`http_protocol.py`).
"""

from collections.abc import Iterable
from time import monotonic
from typing import cast

from litestar.types import ASGIApp, Receive, Scope, Send
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from commandpost.api.call import IDENTITY, ApiRequest
from commandpost.api.channel_export import PLUGIN_PREFIX as EXPORT_PREFIX
from commandpost.api.errors import REQUEST_ID, V0_PREFIX, answer
from commandpost.api.http_protocol import COME_AGAIN_IN_S
from commandpost.kernel.errors import Unavailable
from commandpost.kernel.ids import LENGTH as ID_LENGTH

_ALWAYS = frozenset({"/healthz", "/readyz", "/metrics"})
"""Whoever watches the server is to see how it is doing, above all then."""

_ALERTS = "/hooks/alerts/"
"""What alerts tell is wanted above all when much is going on; each source has a limit of its own."""


_EACH_SECOND = 200
"""So many are turned away in a second before those after them are told to wait for a second more."""

_LONGEST_S = 10


_FACES = (V0_PREFIX, EXPORT_PREFIX)
_SAME_LENGTH = "0" * ID_LENGTH
"""Stands for the id of a request in a refusal made for many."""

_Headers = list[tuple[bytes, bytes]]


class Overloaded(Unavailable):
    """The server has more to do than it can just now; try again shortly."""

    code = "overloaded"


class Admission:
    """ASGI layer before the routes. Calls within the process belong to a request that was taken on."""

    def __init__(self, app: ASGIApp, *, most: int) -> None:
        self._app = app
        self._most = most
        self._under_way = 0
        self._turned_away = 0
        self._second = 0
        self._in_second = 0
        self._refusals: dict[tuple[str, int], tuple[_Headers, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or IDENTITY in scope or _is_let_in(scope["path"]):
            await self._app(scope, receive, send)
        elif self._under_way < self._most:
            self._under_way += 1
            try:
                await self._app(scope, receive, send)
            finally:
                self._under_way -= 1
        else:
            wait_s = self._turn_away()
            cast("dict[str, object]", scope)[COME_AGAIN_IN_S] = wait_s
            await self._refuse(scope, send, wait_s)

    async def _refuse(self, scope: Scope, send: Send, wait_s: int) -> None:
        """Say so in the shape of the face that was asked; made once for each."""
        face = next((prefix for prefix in _FACES if scope["path"].startswith(prefix)), "/")
        if (face, wait_s) not in self._refusals:
            self._refusals[face, wait_s] = _refusal(scope, face, wait_s)
        headers, body = self._refusals[face, wait_s]
        request_id = str(cast("dict[str, object]", scope).get(REQUEST_ID, _SAME_LENGTH))
        body = body.replace(_SAME_LENGTH.encode(), request_id.encode())
        await send({"type": "http.response.start", "status": 503, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})

    def _turn_away(self) -> int:
        """Count one more; gives the seconds after which to come again."""
        second = int(monotonic())
        if second != self._second:
            self._second, self._in_second = second, 0
        self._turned_away += 1
        self._in_second += 1
        return min(1 + self._in_second // _EACH_SECOND, _LONGEST_S)

    def figures(self) -> Iterable[Metric]:
        """What it tells to Prometheus."""
        yield GaugeMetricFamily(
            "commandpost_http_requests_under_way", "Requests being answered.", self._under_way
        )
        yield CounterMetricFamily(
            "commandpost_http_requests_turned_away", "Requests refused for overload.", self._turned_away
        )


def _is_let_in(path: str) -> bool:
    return path in _ALWAYS or path.startswith(_ALERTS)


def _refusal(scope: Scope, face: str, wait_s: int) -> tuple[_Headers, bytes]:
    like = cast("Scope", {**scope, "path": face, REQUEST_ID: _SAME_LENGTH})
    request = ApiRequest(like)
    refusal = answer(request, Overloaded(retry_after_s=wait_s))
    made = refusal.to_asgi_response(  # pyright: ignore[reportUnknownMemberType] -- Litestar's own is open
        app=None, request=request
    )
    return made.encode_headers(), made.body
