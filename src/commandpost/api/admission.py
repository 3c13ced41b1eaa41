"""So many requests are taken on at once; who comes beyond that is told at once to come again.

Without it, each request of an overload would wait behind all others, until nobody waits for answers any more.
"""

from collections.abc import Iterable

from litestar.types import ASGIApp, Receive, Scope, Send
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from commandpost.api.call import IDENTITY, ApiRequest
from commandpost.api.errors import answer
from commandpost.kernel.errors import Unavailable

_ALWAYS = frozenset({"/healthz", "/readyz", "/metrics"})
"""Whoever watches the server is to see how it is doing, above all then."""

_ALERTS = "/hooks/alerts/"
"""What alerts tell is wanted above all when much is going on; each source has a limit of its own."""


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
            self._turned_away += 1
            request = ApiRequest(scope, receive, send)
            refusal = answer(request, Overloaded())
            await refusal.to_asgi_response(app=None, request=request)(scope, receive, send)

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
