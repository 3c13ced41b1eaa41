"""Alerts come in: the first that fires starts an incident, later ones join it; nothing ends by itself.

Whoever takes alerts in locks their source first, then the incidents they concern, in the order of their ids:
so a storm of alerts comes in one after another, and makes one incident.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from commandpost.incidents.actions import alert_posts
from commandpost.incidents.actions.alert_sources import TokenUnknown
from commandpost.incidents.actions.start import NewIncident, start_by_bot
from commandpost.incidents.events import IncidentUpdated
from commandpost.incidents.model.alert import (
    GRACE_MS,
    MOST_NEW,
    NEW_WITHIN_MS,
    Alert,
    AlertSource,
    AlertState,
    Batch,
    Grouping,
    KnownAlert,
    NobodyToLead,
    SourceKind,
    incident_name,
)
from commandpost.incidents.model.incident import Incident
from commandpost.incidents.model.playbook import Playbook, PlaybookDeleted
from commandpost.incidents.model.timeline import AlertAcknowledged, AlertFired, AlertResolved, Payload
from commandpost.incidents.ports import Desk
from commandpost.incidents.store import alert_sources, changes, incidents, playbooks
from commandpost.incidents.store import alerts as store
from commandpost.kernel.clock import Millis
from commandpost.kernel.ids import token_hash

_UNTOLD = ""


@dataclass(slots=True, kw_only=True)
class _Intake:
    """What is going on while alerts of one source come in: the incidents they concern, locked."""

    desk: Desk
    source: AlertSource
    known: dict[str, KnownAlert]
    incidents: dict[str, Incident] = field(default_factory=dict[str, Incident])
    payloads: dict[str, list[Payload]] = field(default_factory=dict[str, list[Payload]])
    changed: dict[str, KnownAlert] = field(default_factory=dict[str, KnownAlert])

    def incident_of(self, known: KnownAlert) -> Incident | None:
        return self.incidents.get(known.incident_id)

    def note(self, alert: Alert, incident: Incident, *, told: str) -> None:
        """An alert stands so now, in that incident."""
        known = KnownAlert(alert=alert, incident_id=incident.id, told=told)
        self.known[alert.key] = self.changed[alert.key] = known
        self.payloads.setdefault(incident.id, []).append(_entry(self.source, alert))


async def receive(desk: Desk, kind: SourceKind, token: str, batches: Sequence[Batch]) -> Sequence[str]:
    """Take in what a source has sent, in this order; gives for each batch its incident's id, "" for none.

    Raises TokenUnknown, PlaybookDeleted, NobodyToLead.
    """
    source = await alert_sources.locked_by_token(desk.work, kind, token_hash(token))
    if source is None:
        raise TokenUnknown
    keys = [alert.key for batch in batches for alert in batch.alerts]
    intake = _Intake(desk=desk, source=source, known=await store.known(desk.work, source.id, keys))
    groups = {batch.group: await _incident_of(intake, batch.group) for batch in batches}
    await _lock(intake, {*(one.incident_id for one in intake.known.values()), *groups.values()})
    answers: list[str] = []
    for batch in batches:
        for alert in batch.alerts:
            await _take(intake, alert, batch, groups)
        answers.append(groups[batch.group])
    await _save(intake)
    return answers


async def _take(intake: _Intake, alert: Alert, batch: Batch, groups: dict[str, str]) -> None:
    """Take in one alert; its group may start an incident with it."""
    known = intake.known.get(alert.key)
    if alert.state is not AlertState.FIRING:
        incident = intake.incident_of(known) if known else None
        if known is None or incident is None or not _changes(known, alert):
            return
        kept = replace(known.alert, state=alert.state)
        intake.note(kept, incident, told=known.told)
        return
    if known is not None and _goes_on(intake, known, alert):
        return
    incident = intake.incidents.get(groups[batch.group])
    if incident is None or not incident.is_active:
        incident = await _open(intake, batch)
        groups[batch.group] = incident.id
    intake.note(alert, incident, told=_UNTOLD)


def _changes(known: KnownAlert, alert: Alert) -> bool:
    """Whether an acknowledgement or a resolution is news."""
    if known.alert.state is AlertState.RESOLVED:
        return False
    return known.alert.state is not alert.state


def _goes_on(intake: _Intake, known: KnownAlert, alert: Alert) -> bool:
    """Whether an alert merely fires on: it is the same firing, and what it belongs to is not long over."""
    incident = intake.incident_of(known)
    if incident is None or known.alert.state is AlertState.RESOLVED:
        return False
    is_same = known.alert.since == alert.since
    if incident.is_active:
        return is_same
    return bool(alert.since) and is_same and intake.desk.now - incident.end_at < GRACE_MS


async def _incident_of(intake: _Intake, group: str) -> str:
    wanted = "" if intake.source.grouping is Grouping.SOURCE else group
    return await store.incident_of_group(intake.desk.work, intake.source.id, wanted)


async def _lock(intake: _Intake, incident_ids: Iterable[str]) -> None:
    for incident_id in sorted(set(incident_ids) - intake.incidents.keys()):
        found = await incidents.locked(intake.desk.work, incident_id, viewer_id="") if incident_id else None
        if found is not None:
            intake.incidents[incident_id] = found.incident


async def _open(intake: _Intake, batch: Batch) -> Incident:
    """The incident that a group begins with: a new one, or the newest if the source has started many.

    Raises PlaybookDeleted, NobodyToLead.
    """
    desk, source = intake.desk, intake.source
    lately = await store.started_since(desk.work, source.id, Millis(desk.now - NEW_WITHIN_MS))
    await _lock(intake, lately[:1] if len(lately) >= MOST_NEW else ())
    newest = intake.incidents.get(lately[0]) if len(lately) >= MOST_NEW else None
    if newest is not None and newest.is_active:
        incident, started_at = newest, Millis(desk.now - NEW_WITHIN_MS)
    else:
        incident, started_at = await _start(intake, batch), desk.now
        intake.incidents[incident.id] = incident
    group = "" if source.grouping is Grouping.SOURCE else batch.group
    await store.set_incident_of_group(desk.work, source.id, group, incident.id, started_at=started_at)
    return incident


async def _start(intake: _Intake, batch: Batch) -> Incident:
    desk, source = intake.desk, intake.source
    playbook = await playbooks.found(desk.work, source.playbook_id)
    if playbook is None:
        raise PlaybookDeleted
    new = NewIncident(
        name=incident_name(batch.name),
        description=f"Started by alerts from {source.name}.",
        team_id=source.team_id,
        commander_id=await _leader(desk, source, playbook),
        playbook_id=playbook.id,
    )
    return await start_by_bot(desk, new, playbook)


async def _leader(desk: Desk, source: AlertSource, playbook: Playbook) -> str:
    """Who is to lead: the source's commander, else who made it, else a member of the playbook.

    Raises NobodyToLead.
    """
    for user_id in (source.commander_id, source.created_by, *playbook.content.member_ids):
        if await desk.chat.sees_team(user_id, source.team_id):
            return user_id
    raise NobodyToLead


async def _save(intake: _Intake) -> None:
    desk = intake.desk
    if not intake.changed:
        return
    await store.put(desk.work, intake.source.id, list(intake.changed.values()), at=desk.now)
    for incident_id, payloads in intake.payloads.items():
        incident = intake.incidents[incident_id]
        saved = await changes.save(
            desk.work, incident, incident, actor_id=desk.chat.bot.id, at=desk.now, payloads=payloads
        )
        await alert_posts.tell(desk, saved)
        desk.tell(IncidentUpdated(incident=saved))


def _entry(source: AlertSource, alert: Alert) -> Payload:
    match alert.state:
        case AlertState.FIRING:
            return AlertFired(
                source_id=source.id,
                source=source.name,
                alert_key=alert.key,
                title=alert.title,
                severity=alert.severity,
                url=alert.url,
            )
        case AlertState.ACKNOWLEDGED:
            return AlertAcknowledged(
                source_id=source.id, source=source.name, alert_key=alert.key, title=alert.title
            )
        case AlertState.RESOLVED:
            return AlertResolved(
                source_id=source.id, source=source.name, alert_key=alert.key, title=alert.title
            )
