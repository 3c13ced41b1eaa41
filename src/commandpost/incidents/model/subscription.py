"""A subscription: an address that wants to hear of a playbook's incidents."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from commandpost.incidents.model.ids import PlaybookId
from commandpost.incidents.model.text import checked
from commandpost.kernel.clock import Millis
from commandpost.kernel.errors import Invalid

_URL_LIMIT = 2048


class SubscriptionUrlInvalid(Invalid):
    """A subscription needs an http or https address."""

    code = "subscription.url"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    id: str
    playbook_id: PlaybookId
    user_id: str
    url: str
    create_at: Millis


def checked_url(url: str) -> str:
    """The address itself. Raises SubscriptionUrlInvalid, TextTooLong, TextUnstorable."""
    checked(url, limit=_URL_LIMIT, what="address of the subscription")
    try:
        parts = urlsplit(url)
    except ValueError as cause:
        raise SubscriptionUrlInvalid from cause
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise SubscriptionUrlInvalid
    return url
