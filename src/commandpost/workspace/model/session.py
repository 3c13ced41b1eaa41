"""Being signed in: a session, and the personal access tokens that stand in for one."""

from dataclasses import dataclass, field

from commandpost.kernel.clock import HOUR_MS, MINUTE_MS

RENEW_AFTER_MS = 5 * MINUTE_MS
"""A session's expiry slides with its use, written at most this often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One device signed in. Its token is stored hashed only, so it is not part of the value."""

    id: str
    user_id: str
    create_at: int
    expires_at: int
    last_activity_at: int
    device_id: str = ""
    props: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """A personal access token; the token itself is known only to whoever made it."""

    id: str
    user_id: str
    description: str
    is_active: bool = True
    create_at: int = 0


def expiry(*, now: int, hours: int) -> int:
    """When a session used now ends."""
    return now + hours * HOUR_MS
