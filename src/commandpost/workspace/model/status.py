"""Whether somebody is there."""

from dataclasses import dataclass, replace
from enum import StrEnum

from commandpost.kernel.errors import Invalid


class Presence(StrEnum):
    """As on the wire."""

    ONLINE = "online"
    AWAY = "away"
    DND = "dnd"
    OFFLINE = "offline"


class BadStatus(Invalid):
    """A status is online, away, dnd (do not disturb) or offline."""

    code = "status.bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A user's presence; a `manual` one was chosen, and what the user does changes nothing about it.

    "Do not disturb" ends at `dnd_end_at` (0: never) and gives way to `before_dnd`.
    """

    user_id: str
    status: Presence = Presence.OFFLINE
    manual: bool = False
    last_activity_at: int = 0
    dnd_end_at: int = 0
    before_dnd: Presence = Presence.OFFLINE

    def at(self, now: int) -> "Status":
        """The status as it is at a moment."""
        if self.status is Presence.DND and 0 < self.dnd_end_at <= now:
            return replace(self, status=self.before_dnd, manual=False, dnd_end_at=0)
        return self

    def noticed(self, presence: Presence, *, now: int) -> "Status":
        """The status after something the user did; one chosen by hand stays."""
        present = self.at(now)
        activity = now if presence is Presence.ONLINE else present.last_activity_at
        if present.manual:
            return replace(present, last_activity_at=activity, before_dnd=presence)
        return replace(present, status=presence, last_activity_at=activity)

    def chosen(self, presence: Presence, *, now: int, dnd_end_at: int = 0) -> "Status":
        """The status after the user chose one; "online" leaves it to what they do from then on."""
        present = self.at(now)
        before = present.before_dnd if present.status is Presence.DND else present.status
        is_dnd = presence is Presence.DND
        return replace(
            present,
            status=presence,
            manual=presence is not Presence.ONLINE,
            last_activity_at=now,
            dnd_end_at=dnd_end_at if is_dnd else 0,
            before_dnd=before if is_dnd else Presence.OFFLINE,
        )


def presence_of(text: str) -> Presence:
    """A presence by its name. Raises BadStatus."""
    try:
        return Presence(text)
    except ValueError as cause:
        raise BadStatus from cause
