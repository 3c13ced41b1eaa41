"""Posting the alerts that were gathered."""

from collections.abc import Sequence

from commandpost.incidents.actions import alert_posts
from commandpost.incidents.events import AlertsGathered
from commandpost.incidents.ports import Desk
from commandpost.jobs.due import WhenDue
from commandpost.kernel.clock import Millis


class AlertPosts(WhenDue):
    """Posts about alerts that came soon after others."""

    def hear(self, fact: object) -> None:
        """Take note of a committed fact: alerts that are gathered may be due before all others."""
        if isinstance(fact, AlertsGathered):
            self.wake()

    async def due(self, desk: Desk, *, limit: int) -> Sequence[str]:
        return await alert_posts.due(desk, limit=limit)

    async def next_due_at(self, desk: Desk) -> Millis | None:
        return await alert_posts.next_due_at(desk)

    async def fire(self, desk: Desk, key: str) -> bool:
        return await alert_posts.fire(desk, key)
