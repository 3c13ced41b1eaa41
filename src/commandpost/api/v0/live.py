"""The core's facts as WebSocket events. Their payload is JSON in a text: clients parse it once more."""

from collections.abc import Sequence

import msgspec

from commandpost.api.live import Translators
from commandpost.api.v0.shapes.incidents import IncidentShape, incident_shape
from commandpost.incidents.events import (
    IncidentCreated,
    IncidentUpdated,
    LogGrown,
    PlaybookSaved,
    VisibilityTurned,
)
from commandpost.live.event import Audience, Frame
from commandpost.live.message import Message

PREFIX = "custom_com.mattermost.plugin-incident-management_"
"""Of the product's events, and of what is asked of it over the socket."""

_encode = msgspec.json.Encoder().encode


class CreatedPayload(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A new incident, with the name that the tab which asked for it gave itself."""

    client_id: str = ""
    incident: IncidentShape


class ChangedPayload(msgspec.Struct, kw_only=True):
    """That there is something new about an incident; what it is, is to be asked for."""

    id: str
    team_id: str


class PlaybookSavedPayload(msgspec.Struct, kw_only=True):
    """Which playbook was saved, by whom, and what its `ETag` is since."""

    id: str
    team_id: str
    version: int
    delete_at: int
    user_id: str


def incident_updated(fact: IncidentUpdated) -> Sequence[Message]:
    """`incident_updated` to the members of the channel, `incident_changed` to who watches from outside."""
    incident = fact.incident
    members = Audience(channel_id=incident.channel_id)
    onlookers = _onlookers(incident.team_id, incident.channel_id, is_public=incident.is_public)
    return [
        _frame("incident_updated", incident_shape(incident), members),
        _frame("incident_changed", ChangedPayload(id=incident.id, team_id=incident.team_id), onlookers),
    ]


def visibility_turned(fact: VisibilityTurned) -> Sequence[Message]:
    """`incident_changed` to who watches from outside; as it is or was public, to the team."""
    payload = ChangedPayload(id=fact.incident_id, team_id=fact.team_id)
    return [_frame("incident_changed", payload, _onlookers(fact.team_id, fact.channel_id, is_public=True))]


def log_grown(fact: LogGrown) -> Sequence[Message]:
    """`incident_logged` to who watches from outside: of a post, a coming or going, an archived channel."""
    payload = ChangedPayload(id=fact.incident_id, team_id=fact.team_id)
    onlookers = _onlookers(fact.team_id, fact.channel_id, is_public=fact.is_public)
    return [_frame("incident_logged", payload, onlookers)]


def incident_created(fact: IncidentCreated) -> Sequence[Message]:
    """`incident_created`, to the one who started it."""
    payload = CreatedPayload(client_id=fact.client_id, incident=incident_shape(fact.incident))
    return [_frame("incident_created", payload, Audience(user_id=fact.by))]


def playbook_saved(fact: PlaybookSaved) -> Sequence[Message]:
    """`playbook_updated`, to each member of the playbook and to whoever saved it."""
    playbook = fact.playbook
    payload = PlaybookSavedPayload(
        id=playbook.id,
        team_id=playbook.content.team_id,
        version=playbook.version,
        delete_at=playbook.delete_at,
        user_id=fact.by,
    )
    hearers = dict.fromkeys((*playbook.content.member_ids, fact.by))
    return [_frame("playbook_updated", payload, Audience(user_id=user_id)) for user_id in hearers]


def _onlookers(team_id: str, channel_id: str, *, is_public: bool) -> Audience:
    """Nobody but system administrators sees a private incident from outside."""
    return Audience(team_id=team_id, outside_channel_id=channel_id, system_admins=None if is_public else True)


def _frame(event: str, payload: object, audience: Audience) -> Frame:
    return Frame.of(PREFIX + event, {"payload": _encode(payload).decode()}, audience)


TRANSLATORS: Translators = {
    IncidentUpdated: incident_updated,
    VisibilityTurned: visibility_turned,
    LogGrown: log_grown,
    IncidentCreated: incident_created,
    PlaybookSaved: playbook_saved,
}
