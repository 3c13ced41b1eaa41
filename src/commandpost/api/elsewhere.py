"""What the nodes tell each other besides live events: that something another remembers is out of date."""

import asyncio
from collections.abc import Callable, Iterable, Sequence

import structlog
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from commandpost.incidents.events import ReminderSet
from commandpost.integrations.toolbox import SettingsChanged, Toolbox
from commandpost.live.between.carrying import CarryingBroker
from commandpost.live.broker import Broker
from commandpost.live.message import Message, Stale
from commandpost.workspace.actions import config
from commandpost.workspace.callers import Callers
from commandpost.workspace.desk import Desks
from commandpost.workspace.events import ConfigChanged, SessionsEnded, UserRolesChanged, UserUpdated

_log = structlog.get_logger(__name__)


def outdated_by(facts: Sequence[object]) -> list[Message]:
    """What these committed facts make other nodes forget."""
    return [stale for fact in facts if (stale := _outdated_by(fact)) is not None]


def _outdated_by(fact: object) -> Stale | None:
    match fact:
        case SessionsEnded(user_id=user_id) | UserRolesChanged(user_id=user_id):
            return Stale(of="caller", user_id=user_id)
        case UserUpdated(user=user):
            return Stale(of="caller", user_id=user.id)
        case ConfigChanged() | SettingsChanged():
            return Stale(of="settings")
        case ReminderSet():
            return Stale(of="timers")
        case _:
            return None


class Node:
    """What this node remembers, and forgets when another says so."""

    def __init__(
        self, desks: Desks, callers: Callers, toolbox: Toolbox, wake_timers: Callable[[], None]
    ) -> None:
        self._desks = desks
        self._toolbox = toolbox
        self._callers = callers
        self._wake_timers = wake_timers
        self._reading: asyncio.Task[None] | None = None

    def hear(self, stale: Stale) -> None:
        """Forget what is out of date; settings are read again."""
        match stale.of:
            case "caller":
                self._callers.forget(stale.user_id)
            case "timers":
                self._wake_timers()
            case "settings":
                self._reading = asyncio.create_task(self._read_settings(self._reading))

    async def _read_settings(self, before: "asyncio.Task[None] | None") -> None:
        if before is not None:
            await before
        try:
            async with self._desks.writing() as desk:
                self._desks.use(await config.load(desk))
            await self._toolbox.open()
        except Exception:  # noqa: BLE001 -- the edge of a job: the settings in force stay
            _log.exception("changed settings were not read")
            return
        self._callers.forget_all()
        self._wake_timers()


def broker_figures(broker: Broker) -> Iterable[Metric]:
    """What the server tells of the other nodes to Prometheus."""
    if isinstance(broker, CarryingBroker):
        yield CounterMetricFamily(
            "commandpost_sockets_renewed",
            "How often all sockets were closed at once.",
            broker.renewals,
        )
        yield GaugeMetricFamily("commandpost_nodes_heard", "Other nodes heard of lately.", broker.peers)
        yield GaugeMetricFamily(
            "commandpost_broker_up", "Whether live events travel between nodes.", int(broker.is_up)
        )
