"""Ending, restarting, changing stage and commander."""

from dataclasses import replace

import pytest

from commandpost.incidents.actions import commander, end, stages, tasks
from commandpost.incidents.actions.commander import CommanderNotMember
from commandpost.incidents.events import IncidentUpdated
from commandpost.incidents.model.incident import (
    AlreadyEnded,
    AlreadyOngoing,
    Incident,
    Place,
    StageOutOfRange,
)
from commandpost.incidents.model.task import TaskState
from commandpost.incidents.model.timeline import (
    CommanderChanged,
    IncidentEnded,
    IncidentRestarted,
    StageChanged,
)
from commandpost.incidents.ports import User
from tests.actions.room import Room, actor, stage


async def finish(room: Room, incident: Incident) -> Incident:
    async with room.desk() as desk:
        return await end.end(desk, actor(room.ana), incident.id)


async def restart(room: Room, incident: Incident) -> Incident:
    async with room.desk() as desk:
        return await end.restart(desk, actor(room.ana), incident.id)


async def go_to(room: Room, incident: Incident, position: int) -> Incident:
    async with room.desk() as desk:
        return await stages.change(desk, actor(room.ana), incident.id, position)


async def hand_over(room: Room, incident: Incident, user: User, *, by: User | None = None) -> Incident:
    async with room.desk() as desk:
        return await commander.change(desk, actor(by or room.ana), incident.id, user.id)


async def test_an_end_stops_the_clock(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))
    room.clock.turn(seconds=90)
    room.facts.clear()

    ended = await finish(room, incident)

    assert (ended.is_active, ended.end_at) == (False, room.clock.now())
    assert ended == await room.seen(incident)
    assert room.said(incident)[-1] == "This incident has been closed by @ana"
    assert room.facts == [IncidentUpdated(incident=replace(ended, last_event=incident.last_event))]
    entry = (await room.log(incident))[-1]
    assert isinstance(entry, IncidentEnded) and entry.duration_ms == 90_000


async def test_an_incident_ends_once_and_restarts_once(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))

    with pytest.raises(AlreadyOngoing):
        await restart(room, incident)
    await finish(room, incident)
    with pytest.raises(AlreadyEnded):
        await finish(room, incident)
    restarted = await restart(room, incident)

    assert (restarted.is_active, restarted.end_at, restarted.create_at) == (True, 0, incident.create_at)
    assert room.said(incident)[-1] == "This incident has been restarted by @ana"
    assert isinstance((await room.log(incident))[-1], IncidentRestarted)


async def test_any_stage_can_be_made_active(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", "a", "b"), stage("Close"))

    await go_to(room, incident, 1)

    now = await room.seen(incident)
    assert (now.active_stage, now.active_stage_title) == (1, "Close")
    assert room.said(incident)[-1] == "ana changed the active stage from **Triage** to **Close**."
    entry = (await room.log(incident))[-1]
    assert isinstance(entry, StageChanged)
    assert (entry.from_position, entry.to_title, entry.open_tasks) == (0, "Close", 2)


async def test_the_same_stage_changes_nothing(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"), stage("Close"))
    room.facts.clear()

    assert await go_to(room, incident, 0) == incident
    assert room.facts == [] and len(room.said(incident)) == 1


@pytest.mark.parametrize("position", [-1, 2, 10**20])
async def test_a_stage_that_there_is_not_is_refused(room: Room, position: int) -> None:
    incident = await room.ongoing(stage("Triage"), stage("Close"))

    with pytest.raises(StageOutOfRange):
        await go_to(room, incident, position)


async def test_a_member_takes_over(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"), members=[room.ben])

    await hand_over(room, incident, room.ben)

    assert (await room.seen(incident)).commander_id == room.ben.id
    assert room.said(incident)[-1] == "ana changed the incident commander from **@ana** to **@ben**."
    entry = (await room.log(incident))[-1]
    assert isinstance(entry, CommanderChanged)
    assert (entry.from_id, entry.to_id) == (room.ana.id, room.ben.id)


async def test_nobody_outside_the_channel_leads(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"), members=[room.ben])
    await room.leave(room.ben, incident)

    for user in (room.ben, room.cy, room.sys):
        with pytest.raises(CommanderNotMember):
            await hand_over(room, incident, user)


async def test_an_admin_outside_the_channel_may_hand_over_to_a_member(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"), members=[room.ben])

    changed = await hand_over(room, incident, room.ben, by=room.sys)

    assert changed.commander_id == room.ben.id


async def test_the_same_commander_changes_nothing(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))

    assert await hand_over(room, incident, room.ana) == incident


async def test_stage_and_commander_change_after_the_end_too(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"), stage("Close"), members=[room.ben])
    await finish(room, incident)

    await go_to(room, incident, 1)
    changed = await hand_over(room, incident, room.ben)

    assert (changed.active_stage, changed.commander_id, changed.is_active) == (1, room.ben.id, False)


async def test_dialogs_ask_before_the_end_and_before_a_stage_is_left(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", "a"), stage("Close"))

    async with room.desk() as desk:
        await end.open_dialog(desk, actor(room.ana), incident.id, "t1")
        await stages.open_dialog(desk, actor(room.ana), incident.id, 1, "t2")

    ending, advancing = (dialog for _, _, dialog in room.chat.dialogs)
    routes = f"/plugins/com.mattermost.plugin-incident-management/api/v0/incidents/{incident.id}"
    assert (ending.title, ending.url, ending.state, ending.elements) == (
        "Confirm End Incident",
        f"{routes}/end",
        incident.id,
        None,
    )
    assert (advancing.title, advancing.url, advancing.state, advancing.submit_label) == (
        "Not all tasks in this stage are complete.",
        f"{routes}/next-stage-dialog",
        "1",
        "Confirm",
    )


async def test_an_ended_incident_is_not_asked_about(room: Room) -> None:
    incident = await room.ongoing(stage("Triage"))
    await finish(room, incident)

    with pytest.raises(AlreadyEnded):
        async with room.desk() as desk:
            await end.open_dialog(desk, actor(room.ana), incident.id, "t")


async def test_what_fails_midway_leaves_nothing(room: Room) -> None:
    incident = await room.ongoing(stage("Triage", "a"))
    room.facts.clear()

    with pytest.raises(RuntimeError):
        async with room.desk() as desk:
            place = Place(stage=0, task=0)
            await tasks.put(desk, actor(room.ana), incident.id, place, TaskState.CLOSED)
            raise RuntimeError("the power goes out")

    assert await room.seen(incident) == incident
    assert room.facts == []
