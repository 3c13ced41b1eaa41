"""What both routes share: who sends, how fast they may, and handing their alerts to the core."""

from typing import cast

from commandpost.api.call import ApiRequest
from commandpost.api.errors import UnknownRoute
from commandpost.incidents.actions import alert_sources
from commandpost.incidents.actions.alert_queue import AlertQueue
from commandpost.incidents.actions.alert_throttle import Throttle
from commandpost.incidents.model.alert import Batch, SourceKind
from commandpost.incidents.ports import Desks

LARGEST_BYTES = 4_000_000


class Intake:
    """The way of alerts into the core; one for the process."""

    def __init__(self, desks: Desks) -> None:
        self._desks = desks
        self._queue = AlertQueue(desks)
        self.throttle = Throttle(desks)

    async def check(self, kind: SourceKind, token: str) -> float:
        """The seconds that this sender has to wait before the next request: 0 unless they are too fast.

        Raises TokenUnknown.
        """
        async with self._desks.reading() as desk:
            source = await alert_sources.known(desk, kind, token)
            now = desk.now
        return await self.throttle.wait_s(source.id, now=now)

    async def receive(self, kind: SourceKind, token: str, batch: Batch) -> str:
        """Take alerts in; gives the id of their incident.

        Raises TokenUnknown, PlaybookDeleted, NobodyToLead.
        """
        return await self._queue.receive(kind, token, batch)


def intake_of(request: ApiRequest) -> Intake:
    """Raises UnknownRoute while the product is switched off."""
    if not request.app.state.desks.config.incidents_enabled:
        raise UnknownRoute
    return cast("Intake", request.app.state.alert_intake)
