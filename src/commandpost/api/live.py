"""From what was committed to what listeners are told.

Each face translates its facts in a module `live` of its own, which holds a table by the fact's class:

    def channel_joined(fact: ChannelJoined) -> Sequence[Message]:
        frame = Frame.of("user_added", {…}, Audience(channel_id=fact.channel.id))
        return [JoinedChannel(fact.user_id, fact.channel.id), frame]

    TRANSLATORS: Translators = {ChannelJoined: channel_joined}

Messages reach listeners in the order given: a change of membership decides who gets the frames after it. So
a joining comes before the frame that announces it, and the frame for the one who left is sent to that user.
A fact that no table names is of no interest to listeners.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import structlog
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from commandpost.live.hub import Hub
from commandpost.live.message import Message

Translators: TypeAlias = Mapping[type, Callable[[Any], Sequence[Message]]]
"""For each class of fact, what turns one of its facts into messages."""

_log = structlog.get_logger()


class Announcer:
    """The teller of a database: publishes each commit's facts, translated, as one batch."""

    def __init__(self, translators: Translators, publish: Callable[[Sequence[Message]], None]) -> None:
        self._translators = translators
        self._publish = publish

    def __call__(self, facts: Sequence[object]) -> None:
        """Tell listeners. The facts are committed, so a fault here is logged and harms nobody."""
        messages: list[Message] = []
        for fact in facts:
            translator = self._translators.get(type(fact))
            if translator is not None:
                try:
                    messages += translator(fact)
                except Exception:  # noqa: BLE001 -- the edge of live delivery: the commit stands
                    _log.exception("a fact was not told to listeners", fact=type(fact).__name__)
        if messages:
            self._publish(messages)


def figures(hub: Hub) -> Iterable[Metric]:
    """What the server tells of its sockets to Prometheus."""
    yield GaugeMetricFamily(
        "commandpost_websocket_connections", "Open, authenticated WebSockets.", hub.connection_count()
    )
    yield CounterMetricFamily(
        "commandpost_websocket_frames", "Live events sent, counted for each listener.", hub.frames_sent
    )
