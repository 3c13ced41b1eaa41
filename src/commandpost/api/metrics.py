"""Figures for Prometheus: requests counted in plain integers, everything else asked for when scraped."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from prometheus_client import (
    CollectorRegistry,
    GCCollector,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Source = Callable[[], Iterable[Metric]]
"""Gives the present figures of some part of the server."""

_BOUNDS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


def counted(name: str, meaning: str, present: Callable[[], int]) -> Source:
    """A source of one counter, from whatever counts it."""
    return lambda: [CounterMetricFamily(name, meaning, present())]


class _Latency:
    __slots__ = ("counts", "total_s")

    def __init__(self) -> None:
        self.counts = [0] * (len(_BOUNDS_S) + 1)
        self.total_s = 0.0

    def buckets(self) -> list[tuple[str, float]]:
        seen = 0
        buckets: list[tuple[str, float]] = []
        for bound, count in zip((*map(str, _BOUNDS_S), "+Inf"), self.counts, strict=True):
            seen += count
            buckets.append((bound, seen))
        return buckets


class Metrics(Collector):
    """The figures of one application. Counting an answer costs two dictionary look-ups."""

    def __init__(self) -> None:
        self._answers: defaultdict[tuple[str, str, int], int] = defaultdict(int)
        self._latencies: defaultdict[tuple[str, str], _Latency] = defaultdict(_Latency)
        self._sources: list[Source] = []
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        GCCollector(registry=self._registry)
        self._registry.register(self)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer of a route (template, not address); status 0: the caller hung up."""
        self._answers[method, route, status] += 1
        latency = self._latencies[method, route]
        latency.counts[bisect_left(_BOUNDS_S, seconds)] += 1
        latency.total_s += seconds

    def add(self, source: Source) -> None:
        """Show the figures of a part of the server too."""
        self._sources.append(source)

    def collect(self) -> Iterator[Metric]:
        """The figures as prometheus-client asks for them."""
        answers = CounterMetricFamily(
            "commandpost_http_requests", "Answers by route and status.", labels=("method", "route", "status")
        )
        for (method, route, status), count in self._answers.items():
            answers.add_metric((method, route, str(status)), count)
        yield answers
        latencies = HistogramMetricFamily(
            "commandpost_http_request_duration_seconds", "Time to answer.", labels=("method", "route")
        )
        for labels, latency in self._latencies.items():
            latencies.add_metric(labels, latency.buckets(), latency.total_s)
        yield latencies
        for source in self._sources:
            yield from source()

    def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self._registry)
