"""Subscribing to the events of a playbook's incidents."""

from commandpost.audit.entry import Deed
from commandpost.incidents.actions import access
from commandpost.incidents.model.subscription import Subscription, checked_url
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import subscriptions
from commandpost.kernel.ids import new_id


async def subscribe(desk: Desk, who: Actor, playbook_id: str, url: str) -> Subscription:
    """Keep that an address wants to hear of a playbook's incidents.

    Raises NotAuthorized, PlaybookUnknown, SubscriptionUrlInvalid, TextTooLong, TextUnstorable.
    """
    playbook = await access.opened_playbook(desk, who, playbook_id, Act.SUBSCRIBE_TO_PLAYBOOK)
    subscription = Subscription(
        id=new_id(),
        playbook_id=playbook.id,
        user_id=who.user_id,
        url=checked_url(url),
        create_at=desk.now,
    )
    await subscriptions.insert(desk.work, subscription)
    after = {"id": subscription.id, "url": subscription.url.partition("?")[0]}
    await desk.record(Deed.PLAYBOOK_SUBSCRIBED, playbook.id, by=who, after=after)
    return subscription
