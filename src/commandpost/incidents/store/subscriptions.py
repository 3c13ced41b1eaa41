"""Subscriptions to the events of a playbook's incidents."""

from commandpost.db import Sql, Work
from commandpost.incidents.model.subscription import Subscription

_INSERT = Sql("""
    INSERT INTO event_subscriptions (id, playbook_id, user_id, url, create_at)
    VALUES (:id, :playbook_id, :user_id, :url, :create_at)
""")


async def insert(work: Work, subscription: Subscription) -> None:
    await work.put(
        _INSERT,
        id=subscription.id,
        playbook_id=subscription.playbook_id,
        user_id=subscription.user_id,
        url=subscription.url,
        create_at=subscription.create_at,
    )
