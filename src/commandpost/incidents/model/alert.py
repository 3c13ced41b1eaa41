"""Alerts of monitoring systems: where they come from, and what they say."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from commandpost.incidents.model.naming import NAME_LIMIT, NameInvalid, channel_name
from commandpost.incidents.model.text import checked
from commandpost.kernel.clock import HOUR_MS, MINUTE_MS, SECOND_MS, Millis
from commandpost.kernel.errors import Conflict, Invalid

_NO_ADDRESS = re.compile(r"[\s<>\[\]\x00-\x1f\x7f\ud800-\udfff]")

SOURCE_NAME_LIMIT = 64
TITLE_LIMIT = 250
SEVERITY_LIMIT = 50
KEY_LIMIT = 1024
URL_LIMIT = 2000

GATHERED_MS = 10 * SECOND_MS
"""So long after a post about alerts, further ones are gathered for the next."""
NEW_WITHIN_MS = 10 * MINUTE_MS
MOST_NEW = 5
"""A source starts so many incidents within that time; what comes then joins the newest."""
GRACE_MS = HOUR_MS
"""So long after an incident has ended, an alert that merely goes on firing starts no other."""


class SourceNameInvalid(Invalid):
    """An alert source needs a name of up to 64 characters."""

    code = "alert_source.name_invalid"


class SourceKindUnknown(Invalid):
    """The kind of an alert source is alertmanager or pagerduty."""

    code = "alert_source.kind_unknown"


class GroupingUnknown(Invalid):
    """The grouping of an alert source is group or source."""

    code = "alert_source.grouping_unknown"


class NobodyToLead(Conflict):
    """Nobody of this alert source is in its team any more; give it another commander."""

    code = "alert_source.nobody_to_lead"


class SourceKind(StrEnum):
    """Whose format the alerts come in."""

    ALERTMANAGER = "alertmanager"
    PAGERDUTY = "pagerduty"


class Grouping(StrEnum):
    """What belongs into one incident: a group as the sender makes them, or all that comes from the source."""

    GROUP = "group"
    SOURCE = "source"


class AlertState(StrEnum):
    """How an alert stands; named as in the event log."""

    FIRING = "firing"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSource:
    """Something that sends alerts, and what becomes of them: an incident from that playbook in that team."""

    id: str
    team_id: str
    name: str
    kind: SourceKind
    playbook_id: str
    commander_id: str
    grouping: Grouping
    created_by: str
    create_at: Millis
    update_at: Millis

    def checked(self) -> "AlertSource":
        """The source with its name trimmed. Raises SourceNameInvalid, TextUnstorable."""
        name = self.name.strip()
        if not 1 <= len(name) <= SOURCE_NAME_LIMIT:
            raise SourceNameInvalid
        checked(name, limit=SOURCE_NAME_LIMIT, what="name")
        return replace(self, name=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """An alert as it was sent. `key` is the same for the same trouble; `since` tells one firing from another.

    `since` is "" where the sender does not say.
    """

    key: str
    state: AlertState
    title: str = ""
    severity: str = ""
    url: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Alerts that were sent together: of one group, with a name for the incident they start."""

    group: str
    name: str
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAlert:
    """An alert as it stands, in the incident it belongs to. `told` is how it stood when last posted there."""

    alert: Alert
    incident_id: str
    told: str


def web_address(text: str) -> str:
    """An address that can be put into a link; "" for whatever is none."""
    address = text.strip()
    if not address.startswith(("https://", "http://")) or len(address) > URL_LIMIT:
        return ""
    if _NO_ADDRESS.search(address):
        return ""
    return address.replace("(", "%28").replace(")", "%29")


def source_kind(text: str) -> SourceKind:
    """Raises SourceKindUnknown."""
    try:
        return SourceKind(text)
    except ValueError as cause:
        raise SourceKindUnknown from cause


def grouping(text: str) -> Grouping:
    """The default is GROUP. Raises GroupingUnknown."""
    try:
        return Grouping(text) if text else Grouping.GROUP
    except ValueError as cause:
        raise GroupingUnknown from cause


def incident_name(title: str) -> str:
    """A name for an incident, of which a channel's name can be made."""
    for wanted in (title, f"Alert {title}"):
        name = " ".join(wanted.split())[:NAME_LIMIT].strip()
        try:
            channel_name(name)
        except NameInvalid:
            continue
        return name
    return "Alert"
