"""An incident with its whole history, made at once: for test data."""

from dataclasses import dataclass

from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.timeline import Entry
from commandpost.kernel.clock import Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Somebody who is in the channel since then."""

    user_id: str
    at: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class PastIncident:
    """An incident, who is in its channel, and the entries of its event log, numbered from 1."""

    incident: Incident
    joined: tuple[Joined, ...]
    entries: tuple[Entry, ...]
