"""The event log as others read it: every kind, held to the published schema."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs

from commandpost.db import Sql
from commandpost.incidents.actions import (
    access,
    alerts,
    commander,
    end,
    follow_ups,
    links,
    reminders,
    review_documents,
    review_log,
    run,
    stages,
    status,
    tasks,
    witness,
)
from commandpost.incidents.actions.links import NewLink
from commandpost.incidents.actions.rehearsing import beginning
from commandpost.incidents.model.alert import Alert, AlertSource, AlertState, Batch, Grouping, SourceKind
from commandpost.incidents.model.follow_up import Wanted
from commandpost.incidents.model.incident import Incident, Place
from commandpost.incidents.model.playbook import PlaybookTask
from commandpost.incidents.model.review_document import DocumentStatus
from commandpost.incidents.model.status_update import StatusUpdate
from commandpost.incidents.model.task import NewTask, TaskState
from commandpost.incidents.model.timeline import KINDS, ChannelChange, FollowUpTicketed
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import alert_sources as stored_sources
from commandpost.incidents.store import alerts as stored_alerts
from commandpost.jobs.rehearsals import Rehearsals
from commandpost.jobs.reminders import Reminders
from commandpost.kernel.ids import token_hash
from scripts.make_event_schemas import SCHEMA, text
from tests.actions.room import Room, actor, stage

_STORED = Sql("""
    SELECT sequence, kind, version, actor_id, at, payload FROM incident_events
    WHERE incident_id = :incident_id ORDER BY sequence
""")
FIRST = Place(stage=0, task=0)


async def a_whole_life(room: Room) -> Incident:
    """An incident to which everything happened."""
    hello = PlaybookTask(title="Say hello", command="/echo hello")
    incident = await room.ongoing(stage("Triage", hello, "b"), stage("Close"), members=[room.ben])
    ana, id_ = actor(room.ana), incident.id
    async with room.desk() as desk:
        for state in (TaskState.IN_PROGRESS, TaskState.CLOSED, TaskState.OPEN):
            await tasks.put(desk, ana, id_, FIRST, state)
        await tasks.assign(desk, ana, id_, FIRST, room.ben.id)
        await tasks.add(desk, ana, id_, 0, NewTask(title="c"))
        await tasks.edit(desk, ana, id_, FIRST, title="Say hi", command="/echo hi")
        await tasks.move(desk, ana, id_, FIRST, 1)
        await tasks.remove(desk, ana, id_, Place(stage=0, task=2))
        await stages.change(desk, ana, id_, 1)
        await commander.change(desk, ana, id_, room.ben.id)
        update = StatusUpdate(message="looking", remind_after_s=1)
        post = (await status.update(desk, ana, id_, update)).status_posts[0]
    await run.run(room.desks, room.commands, ana, id_, Place(stage=0, task=1))
    room.clock.turn(seconds=1)
    await Reminders(room.desks, room.clock, lambda: True).fire_due()
    async with room.desk() as desk:
        await reminders.dismiss(desk, ana, id_)
        await witness.post_edited(desk.work, post_id=post.id, by=ana.user_id, at=desk.now)
        await witness.post_deleted(desk.work, post_id=post.id, by=ana.user_id, at=desk.now)
        await witness.post_seen(
            desk.work,
            channel_id=incident.channel_id,
            post_id="post",
            author_id=ana.user_id,
            root_id="",
            at=desk.now,
        )
        channel = {"channel_id": incident.channel_id, "at": desk.now}
        await witness.channel_changed(desk.work, **channel, change=ChannelChange.RENAMED, name="Down again")
        await witness.post_refused(desk.work, **channel, message="hello", reason="too long", by="")
        await links.add(
            desk,
            ana,
            incident.channel_id,
            integration="jira",
            links=[NewLink(title="OPS-1", url="https://jira.example/browse/OPS-1", reference="OPS-1")],
            message="made",
        )
        await _alert(desk, incident)
        await _review(desk, ana, incident)
        await end.end(desk, ana, id_)
        await end.restart(desk, ana, id_)
    await room.leave(room.ben, incident)
    return incident


async def _review(desk: Desk, who: Actor, incident: Incident) -> None:
    """Write and publish the review, and do everything to a follow-up."""
    await review_documents.write(desk, who, incident.id, "It was the cart", seen_version=0)
    await review_documents.put(desk, who, incident.id, DocumentStatus.PUBLISHED, seen_version=1)
    one = await follow_ups.add(desk, who, incident.id, Wanted(title="Mend it"))
    changed = Wanted(title="Mend the cart")
    one = await follow_ups.change(desk, who, incident.id, one.id, changed, seen_version=one.version)
    one = await follow_ups.finish(desk, who, incident.id, one.id, seen_version=one.version)
    one = await follow_ups.reopen(desk, who, incident.id, one.id, seen_version=one.version)
    ticketed = FollowUpTicketed(
        follow_up_id=one.id,
        title=one.wanted.title,
        integration="jira",
        url="https://jira.example/browse/OPS-2",
        reference="OPS-2",
    )
    now = await access.locked(desk, who, incident.id, Act.MAKE_TICKET)
    await review_log.note(desk, who, now, ticketed)
    await follow_ups.remove(desk, who, incident.id, one.id, seen_version=one.version)


async def a_rehearsal(room: Room, incident: Incident) -> Incident:
    """The incident ended, and rehearsed as far as its first step."""
    ana = actor(room.ana)
    async with room.desk() as desk:
        await end.end(desk, ana, incident.id)
        practice = (await beginning.of_incident(desk, ana, incident.id, speed=1000)).incident
    room.clock.turn(seconds=1)
    await Rehearsals(room.desks, room.clock, lambda: True).fire_due()
    return practice


async def _alert(desk: Desk, incident: Incident) -> None:
    """Let an alert of the incident fire, be acknowledged and be resolved."""
    source = AlertSource(
        id="source",
        team_id=incident.team_id,
        name="Prometheus",
        kind=SourceKind.ALERTMANAGER,
        playbook_id=incident.playbook_id,
        commander_id=incident.commander_id,
        grouping=Grouping.GROUP,
        created_by=incident.commander_id,
        create_at=desk.now,
        update_at=desk.now,
    )
    await stored_sources.insert(desk.work, source, token_hash("token"))
    await stored_alerts.set_incident_of_group(desk.work, "source", "g", incident.id, started_at=desk.now)
    for state in AlertState:
        batch = Batch(group="g", name="Latency", alerts=(Alert(key="k", state=state, title="Latency"),))
        await alerts.receive(desk, SourceKind.ALERTMANAGER, "token", [batch])


async def test_every_stored_entry_is_as_the_schema_says(room: Room) -> None:
    incident = await a_whole_life(room)
    practice = await a_rehearsal(room, incident)
    validator = jsonschema_rs.validator_for(json.loads(SCHEMA.read_text()))

    async with room.database.read() as work:
        logs = [await work.all(_STORED, incident_id=one.id) for one in (incident, practice)]

    columns = ("sequence", "kind", "version", "actor_id", "at", "payload")
    for row in (*logs[0], *logs[1]):
        entry: dict[str, Any] = {name: row[name] for name in columns}
        validator.validate({**entry, "payload": json.loads(entry["payload"])})
    assert {row["kind"] for log in logs for row in log} == KINDS.keys()
    for one, log in zip((incident, practice), logs, strict=True):
        assert [row["sequence"] for row in log] == list(range(1, len(log) + 1))
        assert (await room.seen(one)).last_event == len(log)


def test_the_published_schema_is_that_of_the_code() -> None:
    assert SCHEMA.read_text() == text()


def test_every_kind_is_described() -> None:
    described = (Path(SCHEMA).parent / "events.md").read_text()

    for kind, payload in KINDS.items():
        assert f"| `{kind}` |" in described, payload.__doc__
