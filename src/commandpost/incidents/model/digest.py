"""A digest: how it stands with somebody's incidents, once a day or a week, in the morning where they are."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from commandpost.kernel.clock import NEVER, SECOND_MS, Millis
from commandpost.kernel.errors import Invalid

MORNING = time(8)
_WEEK = 7


class Frequency(StrEnum):
    """How often somebody wants a digest; weekly ones come on Mondays."""

    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"


class FrequencyUnknown(Invalid):
    """A digest comes never, daily or weekly"""

    code = "digest.frequency_unknown"


def frequency(text: str) -> Frequency:
    """Raises FrequencyUnknown."""
    try:
        return Frequency(text)
    except ValueError as cause:
        raise FrequencyUnknown from cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """When somebody's next digest is due, and since when things are new to them."""

    frequency: Frequency
    due_at: Millis
    since: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class OngoingLine:
    """An ongoing incident. `is_overdue`: a status update is waited for. `own_tasks` are the open ones."""

    name: str
    link: str
    commander: str
    stage: str
    start_at: Millis
    update: str = ""
    update_at: Millis = NEVER
    is_overdue: bool = False
    own_tasks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpLine:
    """A follow-up of the receiver's whose time is over."""

    title: str
    incident: str
    link: str
    due_at: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedLine:
    """An incident that ended since the last digest."""

    name: str
    link: str
    end_at: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What there is to tell somebody."""

    ongoing: tuple[OngoingLine, ...] = ()
    overdue: tuple[FollowUpLine, ...] = ()
    ended: tuple[EndedLine, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.ongoing or self.overdue or self.ended)


def zone(name: str) -> tzinfo:
    """The time zone of that IANA name; UTC for one that is not known."""
    try:
        return ZoneInfo(name) if name else UTC
    except (KeyError, ValueError, OSError):
        return UTC


def next_due(often: Frequency, where: tzinfo, after: Millis) -> Millis:
    """The first morning after a moment, or the first on a Monday, where somebody is."""
    local = datetime.fromtimestamp(after / SECOND_MS, where)
    for days in range(2 * _WEEK):
        morning = datetime.combine(local.date() + timedelta(days=days), MORNING, where)
        at = Millis(int(morning.timestamp()) * SECOND_MS)
        if at > after and (often is Frequency.DAILY or morning.weekday() == 0):
            return at
    raise AssertionError("two weeks without a Monday morning")
