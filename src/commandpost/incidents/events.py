"""Facts the core announces after a commit. They carry whole values, so that nobody need ask again."""

from dataclasses import dataclass

from commandpost.incidents.model.ids import IncidentId
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.playbook import Playbook
from commandpost.kernel.clock import Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentCreated:
    """An incident was started by `by`, whose client called itself `client_id` ("" over REST)."""

    incident: Incident
    by: str
    client_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentUpdated:
    """An incident is new or has changed: for the members of its channel.

    The post that speaks of the change comes after it, but for the posts whose ids an incident holds. So it is
    told before the log is written, and the incident's `last_event` is that of before.
    """

    incident: Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class VisibilityTurned:
    """The channel of an incident became public or private: for those who look on from outside it.

    Each who may see it now, or could until then.
    """

    incident_id: IncidentId
    team_id: str
    channel_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogGrown:
    """The log of an incident that is as it was tells of one more thing: a post, a joining, a leaving.

    For those who look on from outside its channel; the chat itself tells those inside.
    """

    incident_id: IncidentId
    team_id: str
    channel_id: str
    is_public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookSaved:
    """A playbook is new, or was edited, deleted or restored by `by`: for its members."""

    playbook: Playbook
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsGathered:
    """Alerts wait to be posted in an incident's channel at that time: for whoever wakes to do it."""

    incident_id: IncidentId
    due_at: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalSet:
    """A step of a rehearsal will be due at that time: for whoever wakes to replay it."""

    incident_id: IncidentId
    due_at: Millis


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSet:
    """A reminder will be due at that time: for whoever wakes to fire it."""

    incident_id: IncidentId
    due_at: Millis
